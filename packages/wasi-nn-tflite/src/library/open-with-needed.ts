import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keepLoaded, koffi } from '@wasmedge-plugins/core/native';

/**
 * Opens a library, and before it the libraries that it needs and that lie beside it: in an unpacked package the loader of the system
 * finds those only when `LD_LIBRARY_PATH` names the folder.
 *
 * @throws {Error} the loader's, when it cannot be opened.
 */
export function openWithNeeded(path: string, tried = new Set<string>()): ReturnType<typeof koffi.load> {
  tried.add(path);
  for (;;) {
    try {
      const library = koffi.load(path);
      keepLoaded(path);
      return library;
    } catch (error) {
      const needed = missingLibrary(path, (error as Error).message);
      if (needed === undefined || tried.has(needed)) throw error;
      openWithNeeded(needed, tried);
    }
  }
}

/** The file beside `path` that the loader's message says it has not found. */
function missingLibrary(path: string, message: string): string | undefined {
  for (const [name] of message.matchAll(/lib[\w.+-]+\.so[\w.]*/g)) {
    const file = join(dirname(path), name);
    if (file !== path && existsSync(file)) return file;
  }
  return undefined;
}
