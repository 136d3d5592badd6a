import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
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
  /** The name of a dependency that it loads, which must be there too. Default: it needs none. */
  readonly needs?: string | undefined;
}

/**
 * The URL of a package's file: a module for a helper thread, or a guest.
 *
 * @throws {BackendUnavailableError} when it is not there, as in a bundle, or what it needs is not.
 */
export function packageFile({ package: name, from, built, source, needs }: PackageFile): URL {
  const url = from === undefined ? undefined : new URL(from.endsWith('.ts') ? source : built, from);
  if (from !== undefined && url !== undefined && existsSync(url)) {
    if (needs !== undefined) checkInstalled(name, needs, from);
    return url;
  }
  throw new BackendUnavailableError(
    `${name} needs its file ${built}, which is not where its code is. Mark ${name} as external when you bundle, so that it stays in node_modules; without a bundle, install it again.`,
  );
}

function checkInstalled(name: string, needs: string, from: string): void {
  try {
    createRequire(from).resolve(needs);
  } catch (cause) {
    throw new BackendUnavailableError(
      `${name} needs the package ${needs}, one of its dependencies, which is not installed. Install ${name} again, with its dependencies: npm install ${name}`,
      { cause },
    );
  }
}
