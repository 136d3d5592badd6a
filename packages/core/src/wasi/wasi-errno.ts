/** Names of the error numbers of `wasi_snapshot_preview1`, in the order of the specification: a name's index is its number. */
export const errnoNames = [
  'success',
  '2big',
  'acces',
  'addrinuse',
  'addrnotavail',
  'afnosupport',
  'again',
  'already',
  'badf',
  'badmsg',
  'busy',
  'canceled',
  'child',
  'connaborted',
  'connrefused',
  'connreset',
  'deadlk',
  'destaddrreq',
  'dom',
  'dquot',
  'exist',
  'fault',
  'fbig',
  'hostunreach',
  'idrm',
  'ilseq',
  'inprogress',
  'intr',
  'inval',
  'io',
  'isconn',
  'isdir',
  'loop',
  'mfile',
  'mlink',
  'msgsize',
  'multihop',
  'nametoolong',
  'netdown',
  'netreset',
  'netunreach',
  'nfile',
  'nobufs',
  'nodev',
  'noent',
  'noexec',
  'nolck',
  'nolink',
  'nomem',
  'nomsg',
  'noprotoopt',
  'nospc',
  'nosys',
  'notconn',
  'notdir',
  'notempty',
  'notrecoverable',
  'notsock',
  'notsup',
  'notty',
  'nxio',
  'overflow',
  'ownerdead',
  'perm',
  'pipe',
  'proto',
  'protonosupport',
  'prototype',
  'range',
  'rofs',
  'spipe',
  'srch',
  'stale',
  'timedout',
  'txtbsy',
  'xdev',
  'notcapable',
] as const;

/** Name of a WASI error number. */
export type ErrnoName = (typeof errnoNames)[number];

/** WASI's error numbers by name. */
export const Errno = Object.fromEntries(errnoNames.map((name, number) => [name, number])) as Readonly<
  Record<ErrnoName, number>
>;

// Node's codes are the same names in capitals behind an E.
const numberOfNodeCode = new Map<string, number>([
  ...errnoNames.map((name, number) => [`E${name.toUpperCase()}`, number] as const),
  ['EOPNOTSUPP', Errno.notsup],
  ['EWOULDBLOCK', Errno.again],
]);

/** The WASI number for the code of a Node.js system error; `io` for one that WASI does not know. */
export function errnoOfNodeCode(code: unknown): number {
  return numberOfNodeCode.get(String(code)) ?? Errno.io;
}
