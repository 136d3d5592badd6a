import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { type ModuleTypes, readModuleTypes } from '../module-types/module-types.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { describeValue } from '../values/check-arguments.js';
import { refuseLostBytes } from '../values/lost-bytes.js';
import { BoundedText } from './bounded-text.js';
import { guestNeeds } from './guest-needs.js';
import type { GuestTypesForm } from './guest-types-form.js';
import { addExports, addImports } from './interfaces-text.js';
import { exportedGroup, importedGroups } from './member-groups.js';
import { needsLines } from './needs-lines.js';
import { readParameterNames } from './parameter-names.js';
import { addImportSignatures, addSignatures } from './signatures-text.js';
import { commentText, quotedText } from './source-text.js';

/** Options of {@link generateGuestTypes}. */
export interface GuestTypesOptions {
  /** The guest's name in the comments. Default: `guest.wasm`. */
  readonly name?: string | undefined;
  /** Where the guest is, relative to the file that the text is written to; with forward slashes. Default: the name, so next to that file. */
  readonly path?: string | undefined;
  /**
   * `module` for TypeScript that loads the guest's file; `declarations` for a declaration file of the module that a bundler makes
   * from the guest (`@wasmedge-plugins/unplugin`). Default: `module`.
   */
  readonly form?: GuestTypesForm | undefined;
}

/**
 * TypeScript for a guest: the functions that it exports and imports, with their signatures and, if the guest has them, the names of their
 * parameters, its memories, globals, tables and tags, what it needs to run, and a `load()` with these types.
 *
 * @param bytes the guest, in the binary format.
 * @throws {InvalidGuestError} when the bytes are not a module, or the text would be longer than 32 MiB.
 * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type.
 * @example await writeFile('add.ts', generateGuestTypes(await readFile('add.wasm'), { name: 'add.wasm' }));
 */
export function generateGuestTypes(bytes: Uint8Array, options: GuestTypesOptions = {}): string {
  checkOptions(bytes, options);
  const { name = 'guest.wasm', path = name, form = 'module' } = options;
  const types = readModuleTypes(bytes);
  const names = readParameterNames(bytes, types);
  const text = new BoundedText();
  text.add(head(name, types, form));
  const exported = exportedGroup(types, names);
  addExports(text, exported, types);
  const imported = importedGroups(types, names);
  addImports(text, imported);
  addSignatures(text, exported, form);
  addImportSignatures(text, imported, guestNeeds(types).otherModules, form);
  text.add(loader(relativeUrl(path), form));
  return text.toString();
}

function checkOptions(bytes: unknown, options: GuestTypesOptions): void {
  checkOptionNames<GuestTypesOptions>('generateGuestTypes()', options, {
    name: true,
    path: true,
    form: true,
  });
  const { name = '', path = '', form = 'module' } = options;
  if (!(bytes instanceof Uint8Array)) {
    throw new InvalidArgumentError(
      `generateGuestTypes() takes the bytes of a guest, such as readFile() gives them, not ${describeValue(bytes)}.`,
    );
  }
  refuseLostBytes('The guest of generateGuestTypes()', bytes);
  if (typeof name !== 'string' || typeof path !== 'string') {
    throw new InvalidArgumentError('generateGuestTypes(): name and path must be strings.');
  }
  if (form !== 'module' && form !== 'declarations') {
    throw new InvalidArgumentError(
      `generateGuestTypes(): form must be module or declarations, not ${describeValue(form)}.`,
    );
  }
}

function head(name: string, types: ModuleTypes, form: GuestTypesForm): string {
  const about = commentText([
    `Types of the guest ${name}, made by wasmedge-plugins. Do not edit them; make them again when the guest has changed.`,
    ...needsLines(types),
  ]);
  const statement =
    form === 'module' ? 'import { type GuestLoader, guestLoader }' : 'import type { GuestLoader }';
  return `${about}\n${statement} from '@wasmedge-plugins/core/guests';\n`;
}

/** A path as a URL, which has other characters of its own, and must not begin as one of another kind. */
function relativeUrl(path: string): string {
  const escaped = path.replace(/[%#?\\\s]/g, encodeURIComponent);
  return /^\.{0,2}\//.test(escaped) ? escaped : `./${escaped}`;
}

function loader(path: string, form: GuestTypesForm): string {
  const about = commentText([
    'Instantiates the guest: in a runtime that is given, or in one that is made with the options that are given and ends with the instance.',
    "In a runtime with `placement: 'worker'` or `'process'`, its functions return promises.",
  ]);
  return form === 'module'
    ? `
/** Where the guest lies, for \`run\`, \`instantiate\` and \`createPool\`. */
export const guest = new URL(${quotedText(path)}, import.meta.url);

${about}
export const load: GuestLoader<Guest> = guestLoader<Guest>(guest, signatures);
`
    : `
/** The bytes of the guest, for \`run\`, \`instantiate\` and \`createPool\`. */
export declare const guest: Uint8Array<ArrayBuffer>;

${about}
export declare const load: GuestLoader<Guest>;
`;
}
