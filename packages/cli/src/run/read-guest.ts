import { readFileSync } from 'node:fs';
import { GuestNotFoundError, type ModuleTypes, readModuleTypes } from '@wasmedge-plugins/core';

/** What a guest imports and exports. */
export function readGuestTypes(path: string): ModuleTypes {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new GuestNotFoundError(`The guest ${path} cannot be read; check the path.`, { cause });
  }
  return readModuleTypes(bytes);
}
