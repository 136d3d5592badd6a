import { existsSync } from 'node:fs';
import { BackendUnavailableError } from '../errors.js';

/** A file that a package has besides the code that is imported. */
export interface PackageFile {
  /** Name of the package. */
  readonly package: string;
  /** `import.meta.url` of the module that asks; `undefined` in a bundle of CommonJS. */
  readonly from: string | undefined;
  /** Where the file is, from the built module. */
  readonly built: string;
  /** Where it is from the source, as tests run it. */
  readonly source: string;
}

/**
 * The URL of a file of a package: of a module for a helper thread, or of a guest.
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
