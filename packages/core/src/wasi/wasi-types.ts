// Numbers and layouts of wasi_snapshot_preview1 (WebAssembly/WASI, legacy/preview1/docs.md).

/** `filetype` */
export const FileType = {
  unknown: 0,
  blockDevice: 1,
  characterDevice: 2,
  directory: 3,
  regularFile: 4,
  socketStream: 6,
  symbolicLink: 7,
} as const;

/** `fdflags` */
export const FdFlags = { append: 1, dsync: 2, nonblock: 4, rsync: 8, sync: 16, all: 31 } as const;

/** `oflags` */
export const OpenFlags = { create: 1, directory: 2, exclusive: 4, truncate: 8, all: 15 } as const;

/** `lookupflags` */
export const symlinkFollow = 1;

/** `fstflags` */
export const TimeFlags = { atime: 1, atimeNow: 2, mtime: 4, mtimeNow: 8, all: 15 } as const;

/** `whence` */
export const Whence = { set: 0, current: 1, end: 2 } as const;

/** `clockid` */
export const ClockId = { realtime: 0, monotonic: 1, processCpu: 2, threadCpu: 3 } as const;

/** `eventtype` */
export const EventType = { clock: 0, fdRead: 1, fdWrite: 2 } as const;

/** WasmEdge's `address_family` */
export const AddressFamily = { unspecified: 0, inet4: 1, inet6: 2 } as const;

/** WasmEdge's `sock_type` */
export const SocketType = { any: 0, datagram: 1, stream: 2 } as const;

/** WasmEdge's `protocol` */
export const Protocol = { ip: 0, tcp: 1, udp: 2 } as const;

/** Sizes of the records, in bytes. */
export const RecordSize = {
  iovec: 8,
  prestat: 8,
  fdstat: 24,
  dirent: 24,
  filestat: 64,
  subscription: 48,
  event: 32,
  addressInfo: 28,
  socketAddress: 12,
  addressBuffer: 8,
} as const;
