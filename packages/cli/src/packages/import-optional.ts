import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * URL of a module of a package that may not be installed: the one that the working folder sees, else the one beside this command.
 * `undefined` when there is none.
 */
export function resolveOptional(specifier: string): string | undefined {
  const places = [pathToFileURL(join(process.cwd(), 'resolve.js')), import.meta.url];
  // An import at the top would cost every run of a guest milliseconds.
  const { createRequire } = process.getBuiltinModule('node:module');
  for (const place of places) {
    try {
      return pathToFileURL(createRequire(place).resolve(specifier)).href;
    } catch {
      // Not to be had from here.
    }
  }
  return undefined;
}

/** Imports a module that may not be installed; `undefined` when it is not. */
export async function importOptional(specifier: string): Promise<Record<string, unknown> | undefined> {
  const url = resolveOptional(specifier);
  return url === undefined ? undefined : ((await import(url)) as Record<string, unknown>);
}
