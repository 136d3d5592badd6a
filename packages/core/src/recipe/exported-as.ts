import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';

/** A reference to a module's export, by which another thread or process can load it. */
export interface ExportReference {
  /** URL of the module: `new URL('./hook.js', import.meta.url)`, or `import.meta.url` in the module itself. */
  readonly module: string | URL;
  /** Name of the export. */
  readonly export: string;
}

/** A reference to a package's export. The package's files may be bundled in pieces: its own `exports` field says where the export is found. */
export interface PackageExport {
  /** The specifier to import it by: `my-package`, or `my-package/part`. Its `exports` need the condition `default` or `require` there. */
  readonly package: string;
  /** `import.meta.url` of a module in the package, from which the package is looked for; `undefined`, as in a CommonJS bundle: from where core is. */
  readonly from: string | URL | undefined;
  /** Name of the export. */
  readonly export: string;
}

/** Where something is exported: by a module, or by a package. */
export type ExportedAs = ExportReference | PackageExport;

/** Whether the reference names a package. */
export function isPackageExport(reference: ExportedAs): reference is PackageExport {
  return 'package' in reference;
}

/**
 * Throws unless a value has the form of {@link ExportedAs}. Whether the module exists shows when it is needed.
 *
 * @param subject whose option `exportedAs` it is, as the message should name it.
 * @throws {InvalidArgumentError} saying what it must be.
 */
export function checkExportedAs(subject: string, value: ExportedAs): void {
  const fits =
    isRecord(value) &&
    isText(value.export) &&
    (isPackageExport(value) ? isText(value.package) : isModuleUrl(value.module));
  if (!fits) {
    throw new InvalidArgumentError(
      `The option exportedAs of ${subject} must be { module, export } with the URL of a module, as import.meta.url, or { package, from: import.meta.url, export }.`,
    );
  }
  if (isPackageExport(value)) {
    const known = { package: true, from: true, export: true } as const;
    checkOptionNames<PackageExport>(`exportedAs of ${subject}`, value, known);
  } else {
    checkOptionNames<ExportReference>(`exportedAs of ${subject}`, value, { module: true, export: true });
  }
}

/** Whether a value names a module by its URL, and an export of it. */
export function isExportReference(value: unknown): value is ExportReference {
  return isRecord(value) && isText(value.export) && isModuleUrl(value.module);
}

/** Whether a value is the URL of a module. */
function isModuleUrl(value: unknown): value is string | URL {
  return (typeof value === 'string' || value instanceof URL) && URL.canParse(String(value));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
