import { OpenFlags, RecordSize, symlinkFollow, TimeFlags } from '../wasi-types.js';
import { everyRight, type Part, Script } from './script.js';

/** A descriptor: a number, or the name under which `open` kept it. */
export type Fd = number | string;

/** All rights but those for which other hosts open a folder for writing, which they refuse. */
export const folderRights = everyRight & ~((1n << 0n) | (1n << 6n) | (1n << 8n) | (1n << 22n));

/** What `path_open` is asked for beside the path. */
export interface OpenWishes {
  readonly dir?: Fd;
  readonly flags?: number;
  readonly follow?: boolean;
  readonly rights?: bigint;
  readonly inheriting?: bigint;
  readonly fdFlags?: number;
}

/** The folder that every guest has. */
export const folder = 3;
export const { create, directory, exclusive, truncate } = OpenFlags;
export const { atime, atimeNow, mtime, mtimeNow } = TimeFlags;

/** The calls that the scenarios make, with texts for paths and names for descriptors. */
export class Calls extends Script {
  open(as: string, path: string, wishes: OpenWishes = {}): this {
    const { dir = folder, flags = 0, follow = false, fdFlags = 0 } = wishes;
    const { rights = everyRight, inheriting = everyRight } = wishes;
    return this.call(
      'path_open',
      fd(dir),
      follow ? symlinkFollow : 0,
      { text: path },
      flags,
      rights,
      inheriting,
      fdFlags,
      { out: 'nothing', size: 4, keep: as },
    );
  }

  /** Opens a folder, as wasi-libc asks for it. */
  openFolder(as: string, path: string, dir: Fd = folder): this {
    return this.open(as, path, { dir, flags: directory, rights: folderRights });
  }

  /** Opens a file that is made if there is none. */
  make(as: string, path: string, content = ''): this {
    this.open(as, path, { flags: create });
    return content === '' ? this : this.write(as, content);
  }

  close(of: Fd): this {
    return this.call('fd_close', fd(of));
  }

  write(to: Fd, ...texts: readonly string[]): this {
    return this.call('fd_write', fd(to), { sends: texts }, number);
  }

  read(from: Fd, ...sizes: readonly number[]): this {
    return this.call('fd_read', fd(from), { takes: sizes }, number);
  }

  writeAt(to: Fd, position: bigint, ...texts: readonly string[]): this {
    return this.call('fd_pwrite', fd(to), { sends: texts }, position, number);
  }

  readAt(from: Fd, position: bigint, ...sizes: readonly number[]): this {
    return this.call('fd_pread', fd(from), { takes: sizes }, position, number);
  }

  seek(of: Fd, offset: bigint, whence: number): this {
    return this.call('fd_seek', fd(of), offset, whence, position);
  }

  tell(of: Fd): this {
    return this.call('fd_tell', fd(of), position);
  }

  /** The filestat of an open file. */
  stat(of: Fd, kind: 'filestat' | 'times' | 'identity' = 'filestat'): this {
    return this.call('fd_filestat_get', fd(of), { out: kind, size: RecordSize.filestat });
  }

  statPath(path: string, { dir = folder, follow = false, kind = 'filestat' }: StatWishes = {}): this {
    const record = { out: kind, size: RecordSize.filestat } as const;
    return this.call('path_filestat_get', fd(dir), follow ? symlinkFollow : 0, { text: path }, record);
  }

  mkdir(path: string, dir: Fd = folder): this {
    return this.call('path_create_directory', fd(dir), { text: path });
  }

  rmdir(path: string, dir: Fd = folder): this {
    return this.call('path_remove_directory', fd(dir), { text: path });
  }

  unlink(path: string, dir: Fd = folder): this {
    return this.call('path_unlink_file', fd(dir), { text: path });
  }

  rename(from: string, to: string, fromDir: Fd = folder, toDir: Fd = folder): this {
    return this.call('path_rename', fd(fromDir), { text: from }, fd(toDir), { text: to });
  }

  link(from: string, to: string, follow = false): this {
    return this.call('path_link', folder, follow ? symlinkFollow : 0, { text: from }, folder, { text: to });
  }

  symlink(target: string, at: string): this {
    return this.call('path_symlink', { text: target }, folder, { text: at });
  }

  readlink(path: string, size = 200, dir: Fd = folder): this {
    return this.call('path_readlink', fd(dir), { text: path }, { buffer: size, out: 'bytes' }, size32);
  }

  /** Lists from a cookie on: 0, or the name of one that was kept. */
  list(of: Fd, size: number, cookie: bigint | string = 0n, keepCookie?: string): this {
    const buffer = {
      buffer: size,
      out: 'listing',
      ...(keepCookie === undefined ? {} : { keepCookie }),
    } as const;
    const from = typeof cookie === 'bigint' ? cookie : { kept: cookie };
    return this.call('fd_readdir', fd(of), buffer, from, size32);
  }

  setTimes(of: Fd, accessed: bigint, modified: bigint, flags: number): this {
    return this.call('fd_filestat_set_times', fd(of), accessed, modified, flags);
  }

  setPathTimes(path: string, accessed: bigint, modified: bigint, flags: number, follow = false): this {
    const lookup = follow ? symlinkFollow : 0;
    return this.call('path_filestat_set_times', folder, lookup, { text: path }, accessed, modified, flags);
  }

  setSize(of: Fd, size: bigint): this {
    return this.call('fd_filestat_set_size', fd(of), size);
  }

  allocate(of: Fd, offset: bigint, length: bigint): this {
    return this.call('fd_allocate', fd(of), offset, length);
  }

  advise(of: Fd, offset: bigint, length: bigint, advice: number): this {
    return this.call('fd_advise', fd(of), offset, length, advice);
  }

  fdstat(of: Fd): this {
    return this.call('fd_fdstat_get', fd(of), { out: 'fdstat', size: RecordSize.fdstat });
  }

  setFlags(of: Fd, flags: number): this {
    return this.call('fd_fdstat_set_flags', fd(of), flags);
  }

  renumber(from: Fd, to: Fd): this {
    return this.call('fd_renumber', fd(from), fd(to));
  }

  sync(of: Fd): this {
    return this.call('fd_sync', fd(of)).call('fd_datasync', fd(of));
  }

  /** Waits for these, and tells as many events as there are subscriptions. */
  poll(...subscriptions: readonly Subscription[]): this {
    const count = subscriptions.length;
    const record = subscriptions.flatMap((each, index) =>
      subscriptionRecord(each, index).map(
        ([at, content]) => [index * RecordSize.subscription + at, content] as const,
      ),
    );
    return this.call(
      'poll_oneoff',
      {
        record,
        size: count * RecordSize.subscription,
        label: subscriptions.map(describeSubscription).join(', '),
      },
      { records: 'events', size: RecordSize.event, count },
      count,
      size32,
    );
  }
}

interface StatWishes {
  readonly dir?: Fd;
  readonly follow?: boolean;
  readonly kind?: 'filestat' | 'times' | 'identity';
}

/** What `poll_oneoff` waits for. */
export type Subscription =
  | { readonly clock: number; readonly timeout: bigint; readonly absolute?: boolean }
  | { readonly reads: Fd }
  | { readonly writes: Fd }
  | { readonly type: number };

const number: Part = { out: 'number', size: 4 };
const size32 = number;
const position: Part = { out: 'number', size: 8 };

function describeSubscription(of: Subscription): string {
  const text = 'clock' in of ? `clock ${of.clock} ${of.absolute ? 'at' : 'in'} ${of.timeout}` : '';
  return text || Object.entries(of).join(' ').replace(',', ' ');
}

function fd(of: Fd): number | { readonly kept: string } {
  return typeof of === 'number' ? of : { kept: of };
}

function subscriptionRecord(of: Subscription, index: number): [number, string | { readonly kept: string }][] {
  const record = Buffer.alloc(RecordSize.subscription);
  record.writeBigUInt64LE(BigInt(index + 100), 0);
  if ('clock' in of) {
    record.writeUInt32LE(of.clock, 16);
    record.writeBigUInt64LE(BigInt.asUintN(64, of.timeout), 24);
    record.writeUInt16LE(of.absolute ? 1 : 0, 40);
    return [[0, record.toString('hex')]];
  }
  if ('type' in of) {
    record.writeUInt8(of.type, 8);
    return [[0, record.toString('hex')]];
  }
  const subject = 'reads' in of ? of.reads : of.writes;
  record.writeUInt8('reads' in of ? 1 : 2, 8);
  if (typeof subject === 'number') record.writeUInt32LE(subject, 16);
  const whole: [number, string] = [0, record.toString('hex')];
  return typeof subject === 'number' ? [whole] : [whole, [16, { kept: subject }]];
}
