import type { AsyncAnswers, AsyncRequest, Told } from './messages.js';

/** What a process of asynchronous backends is sent. */
export interface ToProcess {
  readonly sequence: number;
  readonly request: AsyncRequest;
}

/** What it sends back. */
export interface FromProcess {
  readonly sequence: number;
  readonly answer?: AsyncAnswers[AsyncRequest['kind']] & Told;
  readonly failure?: { readonly message: string; readonly errnoName: string | undefined } & Told;
}
