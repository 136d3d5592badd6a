import { constants } from 'node:fs';

type Library = ReturnType<typeof import('koffi').default.load>;

/** What the system tells of something in a folder, as Node.js's `BigIntStats` has it. */
export interface StatAt {
  readonly mode: number;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly nlink: bigint;
  readonly size: bigint;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Functions of the C library on a name in an open folder; symbolic links are not followed. */
export interface LibcAt {
  /** Opens it (`openat`) with the flags of the system, and with `mode` if it is made; returns the descriptor. */
  open(folder: number, name: string, flags: number, mode: number): number;
  /** What is known of it (`statx`); `undefined` when there is nothing. */
  lstat(folder: number, name: string): StatAt | undefined;
  /** Puts the next entries of a folder that is open for reading into a buffer (`getdents64`); the number of bytes, 0 at the end. Not in every C library. */
  readonly list: ((fd: number, buffer: Uint8Array) => number) | undefined;
}

// <fcntl.h> and <linux/stat.h>, the same on all machines that Node.js runs on.
const O_CLOEXEC = 0x80000;
const AT_SYMLINK_NOFOLLOW = 0x100;
const STATX_BASIC_STATS = 0x7ff;
const statxSize = 256;

/** Binds the functions that take a folder's descriptor and a name. Only on Linux is what `statx` tells the same on all machines. */
export function bindAt(
  library: Library,
  check: (result: number) => number,
  errorCode: () => string,
): LibcAt | undefined {
  if (process.platform !== 'linux') return undefined;
  const openat = library.func('int openat(int, const char *, int, ...)');
  const statx = library.func('statx', 'int', ['int', 'str', 'int', 'uint32_t', 'void *']);
  const getdents = getdentsOf(library);
  const record = new ArrayBuffer(statxSize);
  const bytes = new Uint8Array(record);
  const view = new DataView(record);
  const time = (at: number) =>
    view.getBigInt64(at, true) * 1_000_000_000n + BigInt(view.getUint32(at + 8, true));
  return {
    open: (folder, name, flags, mode) =>
      check(openat(folder, name, flags | constants.O_NOFOLLOW | O_CLOEXEC, 'uint', mode)),
    lstat: (folder, name) => {
      const result: number = statx(folder, name, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, bytes);
      if (result !== 0 && errorCode() === 'ENOENT') return undefined;
      check(result);
      return {
        nlink: BigInt(view.getUint32(16, true)),
        mode: view.getUint16(28, true),
        ino: view.getBigUint64(32, true),
        size: view.getBigUint64(40, true),
        atimeNs: time(64),
        ctimeNs: time(96),
        mtimeNs: time(112),
        dev: deviceNumber(view.getUint32(136, true), view.getUint32(140, true)),
      };
    },
    list: getdents && ((fd, buffer) => check(getdents(fd, buffer, buffer.byteLength))),
  };
}

/** The GNU C library has it from 2.30 on. */
function getdentsOf(library: Library) {
  try {
    return library.func('getdents64', 'int', ['int', 'void *', 'size_t']);
  } catch {
    return undefined;
  }
}

/** One number from two, as `makedev` of the C library makes it. */
function deviceNumber(major: number, minor: number): bigint {
  if (major < 0x1000 && minor < 0x100) return BigInt((major << 8) | minor);
  const [high, low] = [BigInt(major), BigInt(minor)];
  return ((high & ~0xfffn) << 32n) | ((high & 0xfffn) << 8n) | ((low & ~0xffn) << 12n) | (low & 0xffn);
}
