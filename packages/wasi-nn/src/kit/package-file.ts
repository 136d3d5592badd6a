import { existsSync } from 'node:fs';
import { BackendUnavailableError } from '../errors.js';

/** A file that a package contains besides the imported code. */
export interface PackageFile {
  /** Name of the package. */
  readonly package: string;
  /** `import.meta.url` of the module that asks; `undefined` in a CommonJS bundle. */
  readonly from: string | undefined;
  /** Where the file is, relative to the built module. */
  readonly built: string;
  /** Where it is relative to the source, as tests run it. */
  readonly source: string;
}

/**
 * The URL of a package's file: a module for a helper thread, or a guest.
 *
 * @throws {BackendUnavailableError} when it is not there, as in a bundle.
 */
export function packageFile({ package: name, from, built, source }: PackageFile): URL {
  const url = from === undefined ? undefined : new URL(from.endsWith('.ts') ? source : built, from);
  if (url !== undefined && existsSync(url)) return url;
  throw new BackendUnavailableError(
    `${name} needs its file ${built}, which is not where its code is. Mark ${name} as external when you bundle, so that it stays in node_modules; without a bundle, install it again.`,
  );
}
