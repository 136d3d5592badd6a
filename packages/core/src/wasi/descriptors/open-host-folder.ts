import { realpathSync } from 'node:fs';
import { FolderByDescriptor } from './folder-by-descriptor.js';
import { FolderByPath } from './folder-by-path.js';
import type { HostFolder } from './host-folder.js';

let byDescriptor: boolean | undefined;

/** Opens a folder that is at this very path, in the best way that the system has. */
export function openHostFolder(path: string): HostFolder {
  byDescriptor ??= hasDescriptorPaths();
  return byDescriptor ? FolderByDescriptor.open(path) : FolderByPath.open(path);
}

/** Whether paths can start at a descriptor. Not where `/proc` is missing, or hidden by Node.js's permissions. */
function hasDescriptorPaths(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const root = FolderByDescriptor.open('/');
    try {
      return realpathSync.native(root.path()) === '/';
    } finally {
      root.close();
    }
  } catch {
    return false;
  }
}
