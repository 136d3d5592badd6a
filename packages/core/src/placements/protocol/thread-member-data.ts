import type { MessagePort } from 'node:worker_threads';

/** What the thread of a member is started with. */
export interface ThreadMemberData {
  /** For requests and answers. */
  readonly port: MessagePort;
  /** For what the member waits for. */
  readonly lane: MessagePort;
  /** One number, raised for each message that the caller has put on the lane. The member sleeps on it. */
  readonly laneSent: Int32Array;
  /** That of the `CallControl` by which the caller ends calls. */
  readonly controlMemory: SharedArrayBuffer;
}
