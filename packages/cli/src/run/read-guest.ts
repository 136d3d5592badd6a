import type { ModuleTypes } from '@wasmedge-plugins/core';
import { GuestNotFoundError, readModuleTypes } from '@wasmedge-plugins/core/run';

/** What a guest imports and exports. */
export function readGuestTypes(path: string): ModuleTypes {
  let bytes: Uint8Array;
  try {
    bytes = process.getBuiltinModule('node:fs').readFileSync(path);
  } catch (cause) {
    throw new GuestNotFoundError(`The guest ${path} cannot be read; check the path.`, { cause });
  }
  return readModuleTypes(bytes);
}
