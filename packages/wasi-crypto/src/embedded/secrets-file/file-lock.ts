import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isRunning } from '@wasmedge-plugins/core';

// Who holds the lock reads and writes one small file.
const waitMilliseconds = 2000;
const pauseMilliseconds = 10;
// Nobody holds a lock so long. It serves where nothing else tells: a maker that was ended before it wrote its name, a worker that was.
const abandonedMilliseconds = 10_000;
// Place, process, and a number that no other lock has.
const ownerPattern = /^(\S*) (\d+) ([0-9a-f]{16})$/;

/**
 * Runs `act` while no other process, worker or runtime holds the lock of this path. The lock is a file, which says who made it; one that
 * a process left behind when it was ended is taken over. Waits two seconds at most, during which the thread does nothing else.
 *
 * @throws {Error} when the lock cannot be had.
 */
export function withFileLock<Result>(lock: string, act: () => Result): Result {
  const owner = ownerText();
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const end = Date.now() + waitMilliseconds; !tryToCreate(lock, owner); ) {
    if (!removeAbandoned(lock)) {
      if (Date.now() > end) {
        throw new Error(`Another program holds the lock ${lock}; if none does, remove it.`);
      }
      Atomics.wait(pause, 0, 0, pauseMilliseconds);
    }
  }
  try {
    return act();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The process, as far as others can judge whether it still runs: processes of other machines and containers they do not see. */
function ownerText(): string {
  return `${place()} ${process.pid} ${randomBytes(8).toString('hex')}`;
}

function place(): string {
  try {
    return `${hostname()}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return `${hostname()}/`; // Not on Linux, where there are no namespaces either.
  }
}

/** Whether the file was not there and is now. */
function tryToCreate(path: string, content: string): boolean {
  try {
    writeNew(path, content);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Where the disk has no room for the content, an empty file is not left behind either: it would keep others waiting. */
function writeNew(path: string, content: string): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(descriptor, content);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Removes a lock whose owner has ended; returns whether it is worth to try again at once. Of several that find the same one, whoever makes
 * the file named after the owner removes it, after another look: until that file is gone, nobody else removes a lock of this owner, and
 * afterwards the owner's lock is gone too.
 */
function removeAbandoned(lock: string): boolean {
  const owner = abandonedOwner(lock);
  if (owner === undefined) {
    return false;
  }
  const removal = `${lock}.${ownerPattern.exec(owner)?.[3] ?? 'unnamed'}`;
  if (!tryToCreate(removal, ownerText())) {
    return false;
  }
  try {
    if (abandonedOwner(lock) === owner) {
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(removal, { force: true });
  }
  return true;
}

/** Who made the lock, if that process has ended; undefined while it runs, and where nobody here can know. */
function abandonedOwner(lock: string): string | undefined {
  const stats = statSync(lock, { throwIfNoEntry: false });
  if (stats === undefined) {
    return undefined;
  }
  const owner = readOwner(lock);
  if (owner === undefined) {
    return undefined;
  }
  const isOld = Date.now() - stats.mtimeMs > abandonedMilliseconds;
  const [, ownerPlace, pid] = ownerPattern.exec(owner) ?? [];
  const isKnownAbandoned =
    ownerPlace === undefined
      ? isOld
      : ownerPlace === place() && (Number(pid) === process.pid ? isOld : !isRunning(Number(pid)));
  return isKnownAbandoned ? owner : undefined;
}

function readOwner(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined; // Its owner has just removed it.
  }
}
