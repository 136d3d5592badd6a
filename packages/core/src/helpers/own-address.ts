import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { builtin } from '../builtin.js';

/**
 * The URL of the file that this code is in: of the package, or of a bundle. Modules that a bundle leaves outside are looked for from there.
 * CommonJS has no `import.meta.url`, and some bundlers write the address of the source as it was where they ran.
 */
export function ownAddress(): string {
  const url: string | undefined = import.meta.url;
  if (url !== undefined && (!url.startsWith('file:') || builtin('node:fs').existsSync(fileURLToPath(url))))
    return url;
  const program = process.argv[1] ?? join(process.cwd(), 'program');
  return pathToFileURL(typeof __filename === 'string' ? __filename : program).href;
}
