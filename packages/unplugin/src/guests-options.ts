import { isAbsolute } from 'node:path';
import { checkOptionNames, InvalidArgumentError } from '@wasmedge-plugins/core';

/** Where the declarations of guests are written. */
export type DeclarationsPlace =
  | 'beside'
  | 'none'
  | {
      /**
       * A folder with a file for each guest, at the guest's path relative to the working folder; for the compiler's `rootDirs`. A relative path is
       * relative to the working folder.
       */
      readonly folder: string;
    };

/** Options of the plug-ins of {@link guests}. */
export interface GuestsOptions {
  /**
   * Which imported files are guests: a pattern for the absolute path, with forward slashes, or a function that takes it. Other files are left to
   * the bundler. Default: every file whose name ends in `.wasm`.
   */
  readonly include?: RegExp | ((file: string) => boolean) | undefined;
  /**
   * Where the declarations are written: a file `guest.d.wasm.ts` `beside` each guest, in a folder, or nowhere (`none`). The compiler reads them
   * with its option `allowArbitraryExtensions`. Default: `beside`.
   */
  readonly declarations?: DeclarationsPlace | undefined;
}

/** @throws {InvalidArgumentError} for an option that does not exist or has the wrong type. */
export function checkGuestsOptions(options: GuestsOptions): void {
  checkOptionNames<GuestsOptions>('guests', options, { include: true, declarations: true });
  const { include, declarations = 'beside' } = options;
  if (include !== undefined && !(include instanceof RegExp) && typeof include !== 'function') {
    throw new InvalidArgumentError('guests: include must be a regular expression or a function.');
  }
  if (typeof declarations === 'object' && declarations !== null) {
    checkOptionNames<typeof declarations>('guests: declarations', declarations, { folder: true });
    if (typeof declarations.folder === 'string' && declarations.folder !== '') return;
  }
  if (declarations === 'beside' || declarations === 'none') return;
  throw new InvalidArgumentError("guests: declarations must be 'beside', 'none' or { folder: 'path' }.");
}

/** Whether a file is a guest, given its absolute path. */
export function isGuest(file: string, { include = /\.wasm$/ }: GuestsOptions): boolean {
  if (!isAbsolute(file)) return false;
  const path = file.replaceAll('\\', '/');
  // A pattern with the flag g or y would go on where it was.
  return typeof include === 'function'
    ? include(path)
    : new RegExp(include, include.flags.replace(/[gy]/g, '')).test(path);
}
