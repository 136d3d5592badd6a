/**
 * What the compiler is doing: it translates the guest into LLVM's form (`translate`), checks it (`verify`), optimises it (`optimize`),
 * generates machine code (`generate`), links that (`link`), and writes it (`write`).
 */
export type CompilePhase = 'translate' | 'verify' | 'optimize' | 'generate' | 'link' | 'write';

/** How far the compiler has come. */
export interface CompileProgress {
  /** The phase that it has begun. */
  readonly phase: CompilePhase;
  /** Milliseconds since it was started. */
  readonly elapsedMs: number;
}

const maxLine = 4096;

// The words of libwasmedge 0.14 to 0.17, which has no other way to tell.
const phases: Readonly<Record<string, CompilePhase>> = {
  'compile start': 'translate',
  'verify start': 'verify',
  'optimize start': 'optimize',
  'codegen start': 'generate',
  'output start': 'link',
};

/** Reads phases from the log of a compiler, piece by piece. */
export class PhaseReader {
  readonly #tell: (phase: CompilePhase) => void;
  #rest = '';
  #last: CompilePhase | undefined;

  constructor(tell: (phase: CompilePhase) => void) {
    this.#tell = tell;
  }

  read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(-maxLine);
    for (const line of lines) this.#readLine(line);
  }

  #readLine(line: string): void {
    const found = phases[/\] (\w+ start)\s*$/.exec(line)?.[1] ?? ''];
    // Machine code is put out first, and the whole file at the end.
    const phase = found === 'link' && this.#last === 'link' ? 'write' : found;
    if (phase === undefined || phase === this.#last) return;
    this.#last = phase;
    this.#tell(phase);
  }
}
