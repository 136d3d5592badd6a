import type { MessagePort } from 'node:worker_threads';

/** What the thread of a member is started with. */
export interface ThreadMemberData {
  /** For requests and answers. */
  readonly port: MessagePort;
  /** For what the member waits for; it sleeps on the signal of its control. */
  readonly lane: MessagePort;
  /** That of the `CallControl` by which the caller ends calls. */
  readonly controlMemory: SharedArrayBuffer;
}
