import type { ModuleTypes } from './module-reading.js';
import { readModule } from './read-module.js';

export type { ModuleExport, ModuleImport } from './entries.js';
export type { ExternalType, MemoryType } from './external-types.js';
export type { ModuleTypes } from './module-reading.js';

/**
 * Reads the imports and exports of a module in the binary format. This does not validate the module: code and data are not
 * examined, and an engine can still refuse a module that is read here.
 *
 * @throws {InvalidGuestError} when the bytes are empty, truncated, another format or malformed.
 */
export function readModuleTypes(bytes: Uint8Array): ModuleTypes {
  return readModule(bytes, { code: false, nesting: false }).types;
}
