import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  if (!hasOpenFiles) removeLeftFolders();
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

function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    const path = join(tmpdir(), name);
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    if (lstatSync(path, { throwIfNoEntry: false })?.uid !== (process.getuid?.() ?? 0)) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
