import type { MessagePort } from 'node:worker_threads';
import type { EncodedError } from './encoded-error.js';

/** What the helper thread is started with. */
export interface BlockingWorkerData {
  readonly port: MessagePort;
  /** One number: 1 when the helper thread runs, and 1 more for each message it has sent. The calling thread sleeps on it. */
  readonly sent: Int32Array;
  /** One number: 1 when the helper thread ends by itself. */
  readonly exits: Int32Array;
}

/** Asks the helper thread to run a task. Calls are numbered, so that a late answer is known as such. */
export interface CallMessage {
  readonly kind: 'call';
  readonly sequence: number;
  readonly moduleUrl: string;
  readonly exportName: string;
  readonly request: unknown;
}

/** What the calling thread sends; `undefined` does nothing and shows whether somebody listens. */
export type MessageToWorker =
  | CallMessage
  | { readonly kind: 'abort'; readonly sequence: number }
  | { readonly kind: 'end' }
  | undefined;

/** What the helper thread sends. */
export type MessageFromWorker =
  | { readonly kind: 'result'; readonly sequence: number; readonly response: unknown }
  /** The task threw. */
  | { readonly kind: 'error'; readonly sequence: number; readonly error: EncodedError }
  /** Something else went wrong; `ended` when the thread ends now. */
  | {
      readonly kind: 'failure';
      readonly sequence: number;
      readonly message: string;
      readonly cause?: EncodedError;
      readonly ended: boolean;
    };
