type Koffi = typeof import('koffi').default;
type Library = ReturnType<Koffi['load']>;

/** What the system bounds for a process: bytes of data that it can write to, bytes of the file that a crash writes, and seconds of the processor's time. */
export type ProcessLimit = 'data' | 'core' | 'cpu';

/** Functions of the C library by which a process bounds itself. */
export interface LibcProcess {
  /** Has the system end this process with the thread that started it (`prctl`, `PR_SET_PDEATHSIG` with `SIGKILL`). */
  endWithParent(): void;
  /** Neither this process nor what it starts gains rights by a program's owner or capabilities (`prctl`, `PR_SET_NO_NEW_PRIVS`). */
  gainNoRights(): void;
  /** Bounds this process and what it starts (`setrlimit`); at `soft` it is told so, more than `hard` it never gets. */
  setLimit(limit: ProcessLimit, soft: bigint, hard: bigint): void;
  /** The bytes of a file as memory that is shared with who else has it open (`mmap`); they stay until the process ends. */
  mapShared(fd: number, size: number): ArrayBuffer;
}

// <linux/prctl.h>, <sys/resource.h>, <sys/mman.h> and <signal.h>, the same on all machines that Node.js runs on.
const PR_SET_PDEATHSIG = 1;
const PR_SET_NO_NEW_PRIVS = 38;
const SIGKILL = 9;
const resources = { cpu: 0, data: 2, core: 4 } as const;
const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;
const MAP_FAILED = 0xffff_ffff_ffff_ffffn;

/** Binds the functions by which a process bounds itself. Other systems than Linux do not have them, or not all they do. */
export function bindProcess(
  koffi: Koffi,
  library: Library,
  check: (result: number) => number,
): LibcProcess | undefined {
  if (process.platform !== 'linux') return undefined;
  const prctl = library.func('int prctl(int, ...)');
  const setrlimit = library.func('setrlimit', 'int', ['int', 'const void *']);
  const mmap = library.func('mmap', 'uintptr_t', ['void *', 'size_t', 'int', 'int', 'int', 'long']);
  const long = 'unsigned long';
  const set = (option: number, value: number) => check(prctl(option, long, value, long, 0, long, 0, long, 0));
  return {
    endWithParent: () => {
      set(PR_SET_PDEATHSIG, SIGKILL);
    },
    gainNoRights: () => {
      set(PR_SET_NO_NEW_PRIVS, 1);
    },
    setLimit: (limit, soft, hard) => {
      check(setrlimit(resources[limit], BigUint64Array.of(soft, hard)));
    },
    mapShared: (fd, size) => {
      const address = BigInt(mmap(null, size, PROT_READ_WRITE, MAP_SHARED, fd, 0));
      if (BigInt.asUintN(64, address) === MAP_FAILED) check(-1);
      return koffi.view(address, size);
    },
  };
}
