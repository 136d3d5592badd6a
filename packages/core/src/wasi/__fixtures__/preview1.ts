/** Error numbers as written in the specification of wasi_snapshot_preview1 (WebAssembly/WASI, legacy/preview1/docs.md, `errno`). */
export const SUCCESS = 0;
export const ACCES = 2;
export const AGAIN = 6;
export const BADF = 8;
export const BUSY = 10;
export const EXIST = 20;
export const FAULT = 21;
export const FBIG = 22;
export const ILSEQ = 25;
export const INVAL = 28;
export const ISDIR = 31;
export const LOOP = 32;
export const MFILE = 33;
export const NAMETOOLONG = 37;
export const NOENT = 44;
export const NOSPC = 51;
export const NOTDIR = 54;
export const NOTEMPTY = 55;
export const NOTSOCK = 57;
export const NOTSUP = 58;
export const PERM = 63;
export const SPIPE = 70;
export const TIMEDOUT = 73;
export const NOTCAPABLE = 76;

/** Bits of `oflags`. */
export const O_CREAT = 1;
export const O_DIRECTORY = 2;
export const O_EXCL = 4;
export const O_TRUNC = 8;

/** Bits of `rights`. */
export const FD_READ = 2n;
export const FD_SEEK = 4n;
export const FD_TELL = 32n;
export const FD_WRITE = 64n;
export const PATH_CREATE_FILE = 1024n;
export const PATH_OPEN = 8192n;
export const POLL_FD_READWRITE = 1n << 27n;
