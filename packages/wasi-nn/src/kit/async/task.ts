import { AsyncHost } from './async-host.js';
import type { AsyncRequest } from './messages.js';

const host = new AsyncHost();

/** Does what the calling thread asks of asynchronous backends; runs on the helper thread, one request at a time. */
export function answer(request: AsyncRequest): ReturnType<AsyncHost['answer']> {
  return host.answer(request);
}
