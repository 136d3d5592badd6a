import type { NnErrnoName } from '@wasmedge-plugins/wasi-nn';

/** What a server has said to the question whether it has a model ready. */
export interface Said {
  readonly errno: NnErrnoName;
  /** Sentences that begin with its address. */
  readonly text: string;
  /** Whether it will say the same again. */
  readonly isHopeless: boolean;
}
