import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolders } from '@wasmedge-plugins/core';

/** What identifies the version of a file on a server, for a resumed download. */
export type Validator = string | undefined;

/**
 * A download that may have been begun earlier. It is named after the sum that the whole file must have; while a process writes to it,
 * the name has the process's number too, so that two never write to one file.
 */
export class PartialFile {
  readonly path: string;
  readonly #shared: string;

  constructor(folder: string, sha256: string) {
    makeFolders(folder);
    this.#shared = join(folder, `${sha256}.partial`);
    this.path = join(folder, `${sha256}.${process.pid}.partial`);
    const left = readdirSync(folder).filter((name) => isLeft(name, sha256));
    for (const name of [`${sha256}.partial`, ...left]) {
      if (claim(join(folder, name), this.path)) {
        break;
      }
    }
  }

  /** How many bytes are there already. */
  get size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  get validator(): Validator {
    try {
      return readFileSync(`${this.path}.validator`, 'utf8') || undefined;
    } catch {
      return undefined;
    }
  }

  set validator(value: Validator) {
    writeFileSync(`${this.path}.validator`, value ?? '');
  }

  /** Begins anew. */
  discard(): void {
    rmSync(this.path, { force: true });
    rmSync(`${this.path}.validator`, { force: true });
  }

  /** Leaves what is there for the next process. */
  release(): void {
    claim(this.path, this.#shared);
  }
}

/** Where downloads are kept until they are whole. */
export function downloadFolder(): string {
  const cache =
    process.env.XDG_CACHE_HOME ||
    (process.platform === 'win32' && process.env.LOCALAPPDATA) ||
    join(homedir(), '.cache');
  return join(cache, 'wasmedge-plugins', 'downloads');
}

function claim(from: string, to: string): boolean {
  try {
    renameSync(from, to);
  } catch {
    return false;
  }
  try {
    renameSync(`${from}.validator`, `${to}.validator`);
  } catch {
    rmSync(`${to}.validator`, { force: true });
  }
  return true;
}

/** Whether a file is that of a process that has ended. */
function isLeft(name: string, sha256: string): boolean {
  const owner = new RegExp(`^${sha256}\\.(\\d+)\\.partial$`).exec(name)?.[1];
  if (owner === undefined) {
    return false;
  }
  try {
    process.kill(Number(owner), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
