import { existsSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeLeftFolders } from '@wasmedge-plugins/core';

const prefix = 'wasmedge-plugins-ggml-';
/** Where Linux has the open files of this process, by their numbers. */
const openFiles = '/proc/self/fd';

/**
 * Lets bytes be opened by a path, for as long as `use` takes. A model can end the process in which it is opened, which then removes nothing. On Linux, the file has
 * lost its name before it has its bytes, and is gone with the process; elsewhere, what a process left is removed by the next that comes here.
 */
export async function withUnnamedFile<Result>(
  bytes: Uint8Array,
  use: (path: string) => Promise<Result>,
  hasOpenFiles: boolean = existsSync(openFiles),
): Promise<Result> {
  if (!hasOpenFiles) removeLeftFolders(prefix);
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'model.gguf');
    const file = await open(path, 'wx+', 0o600);
    try {
      if (hasOpenFiles) await remove();
      await file.writeFile(bytes);
      return await use(hasOpenFiles ? `${openFiles}/${file.fd}` : path);
    } finally {
      await file.close();
    }
  } finally {
    await remove();
  }
}
