import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join, posix } from 'node:path';

/** Where control groups are, and how one is removed; tests have a folder of files instead. */
export interface GroupPlaces {
  readonly root: string;
  /** The file that says in which group this process is. */
  readonly membership: string;
  remove(folder: string): void;
}

/** The control group of a child, or why it has none. */
export type GroupChoice =
  | { readonly group: ControlGroup; readonly reason?: undefined }
  | { readonly group?: undefined; readonly reason: string };

const systemPlaces: GroupPlaces = {
  root: '/sys/fs/cgroup',
  membership: '/proc/self/cgroup',
  remove: rmdirSync,
};

/** What Node.js has when it starts, which `limits.memoryBytes` does not count, with room for what the system counts besides. */
const bytesOfNode = 128 << 20;
const ourName = /^wasmedge-plugins-(\d+)-\d+$/;

/** Groups of children that live. */
const inUse = new Set<string>();
let made = 0;

/** A group of processes whose memory the system bounds (cgroup v2). */
export class ControlGroup {
  /** Its folder. */
  readonly path: string;
  readonly #places: GroupPlaces;

  constructor(path: string, places: GroupPlaces) {
    this.path = path;
    this.#places = places;
    inUse.add(path);
  }

  /** Ends what is left in it, and removes it. What does not end at once keeps it until the next one is made. */
  remove(): void {
    inUse.delete(this.path);
    attempt(() => writeFileSync(join(this.path, 'cgroup.kill'), '1'));
    attempt(() => this.#places.remove(this.path));
  }
}

/** Puts a process into a group of its own with so much memory, below that of this process or beside it, where that was left to this user. */
export function controlGroupFor(
  pid: number,
  memoryBytes: number | undefined,
  places: GroupPlaces = systemPlaces,
): GroupChoice {
  if (memoryBytes === undefined) return { reason: 'limits.memoryBytes is not set' };
  const own = ownGroup(places);
  if (own === undefined) return { reason: 'the system has no control groups of version 2' };
  const reasons: string[] = [];
  for (const path of new Set([own, posix.dirname(own)])) {
    const folder = join(places.root, path);
    const problem = isOfTheSystem(path, own) ? 'it may belong to the system' : problemOf(folder);
    if (problem !== undefined) {
      reasons.push(`${folder}: ${problem}`);
      continue;
    }
    sweep(folder, places);
    const group = new ControlGroup(join(folder, `wasmedge-plugins-${process.pid}-${++made}`), places);
    try {
      mkdirSync(group.path);
      writeFileSync(join(group.path, 'memory.max'), String(memoryBytes + bytesOfNode));
      attempt(() => writeFileSync(join(group.path, 'memory.swap.max'), '0'));
      attempt(() => writeFileSync(join(group.path, 'memory.oom.group'), '1'));
      writeFileSync(join(group.path, 'cgroup.procs'), String(pid));
      return { group };
    } catch (error) {
      group.remove();
      reasons.push(`${folder}: ${(error as Error).message}`);
    }
  }
  return { reason: reasons.join('; ') };
}

function ownGroup({ membership }: GroupPlaces): string | undefined {
  return attempt(() => /^0::(\/.*)$/m.exec(readFileSync(membership, 'utf8'))?.[1]);
}

/** Root may write everywhere; what is above its own group was left to it where it sees nothing higher, as in a container. */
function isOfTheSystem(path: string, own: string): boolean {
  return process.getuid?.() === 0 && path !== own && path !== '/';
}

/** Why no group with bounded memory can be made in a group. */
function problemOf(folder: string): string | undefined {
  const read = (name: string) => attempt(() => readFileSync(join(folder, name), 'utf8'));
  const controllers = read('cgroup.controllers');
  if (controllers === undefined) return 'it is not a control group of version 2';
  if (!/\bmemory\b/.test(controllers)) return 'it has no memory controller';
  if (read('cgroup.type') === undefined) return 'it is the root group';
  try {
    for (const name of ['.', 'cgroup.procs', 'cgroup.subtree_control']) {
      accessSync(join(folder, name), constants.W_OK);
    }
  } catch {
    return 'it was not delegated to this user';
  }
  if (/\bmemory\b/.test(read('cgroup.subtree_control') ?? '')) return undefined;
  try {
    writeFileSync(join(folder, 'cgroup.subtree_control'), '+memory');
    return undefined;
  } catch (error) {
    return `it cannot be divided (${(error as NodeJS.ErrnoException).code}), since it contains processes itself`;
  }
}

/** Removes groups whose program has ended without doing so. The system refuses to remove one that has processes. */
function sweep(folder: string, places: GroupPlaces): void {
  for (const name of attempt(() => readdirSync(folder)) ?? []) {
    const owner = Number(ourName.exec(name)?.[1]);
    const path = join(folder, name);
    if (Number.isNaN(owner) || inUse.has(path)) continue;
    if (owner === process.pid || !isAlive(owner)) attempt(() => places.remove(path));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function attempt<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
