import type { GGMLRelease } from '../release.js';

/** Where a model may be computed besides the processor. */
export type GGMLGpu = 'none' | 'auto' | 'cuda' | 'vulkan' | 'metal';

/** What the process of llama.cpp is told when it begins; plain data. */
export interface LlamaTaskOptions {
  readonly release: GGMLRelease;
  readonly gpu: GGMLGpu;
  readonly maxContextSize: number;
  readonly maxThreads: number;
  readonly threads: number;
  /** Whether the host's own session computes, whose memory is not counted. */
  readonly isSession: boolean;
}

/** What it tells besides answers. */
export type LlamaNews =
  | { readonly kind: 'stdout'; readonly bytes: Uint8Array }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn'; readonly message: string };
