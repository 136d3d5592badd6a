import { builtin } from './builtin.js';

/**
 * To be called before a module is looked for while the program runs. Node.js's `realpathSync`, by which its loaders follow the links that package
 * managers make, stops early when the file that was asked about last was a pipe or a socket, and the module's own neighbours are then not found.
 */
export function prepareImport(): void {
  builtin('node:fs').statSync(process.execPath, { throwIfNoEntry: false });
}
