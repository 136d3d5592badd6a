/** What a process may use. */
export interface ProcessBounds {
  readonly maxMemoryBytes: number;
  readonly maxCpuSeconds: number;
  readonly maxFileBytes: number;
}

/** A program and its arguments. */
export interface ProgramCall {
  readonly file: string;
  readonly args: readonly string[];
}

// A bound that is there already and lower stays. No core dump: it may have the size of all the memory.
const script = `ulimit -c 0
ulimit -d "$1" 2>/dev/null
ulimit -t "$2" 2>/dev/null
ulimit -f "$3" 2>/dev/null
shift 3
exec "$@"`;

/** The call that starts a program with bounds, which it cannot raise. Windows has no such bounds: there it is the program itself. */
export function limitedProgram(program: ProgramCall, bounds: ProcessBounds): ProgramCall {
  if (process.platform === 'win32') return program;
  const { maxMemoryBytes, maxCpuSeconds, maxFileBytes } = bounds;
  // POSIX: data and memory in units of 1024 bytes, files in blocks of 512.
  const numbers = [maxMemoryBytes / 1024, maxCpuSeconds, maxFileBytes / 512].map((each) =>
    String(Math.ceil(each)),
  );
  return {
    file: '/bin/sh',
    args: ['-c', script, 'wasmedge-plugins', ...numbers, program.file, ...program.args],
  };
}
