import type { CodeTarget } from './code-key.js';
import type { CompilePhase } from './compile-phase.js';

/** What a compilation may use. */
export interface CompileBounds {
  readonly timeoutMs: number;
  readonly maxMemoryBytes: number;
}

/** One compilation. */
export interface CompileTask {
  /** What libwasmedge gets. */
  readonly guest: Uint8Array;
  /** What messages call it. */
  readonly label: string;
  readonly target: CodeTarget;
  readonly bounds: CompileBounds;
  /** Whether others come first where the processor is wanted: nobody waits for it. */
  readonly givesWay: boolean;
  readonly signal: AbortSignal | undefined;
  readonly onPhase: (phase: CompilePhase) => void;
}
