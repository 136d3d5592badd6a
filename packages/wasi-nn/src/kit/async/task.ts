import type { AsyncAnswers, AsyncRequest, Told } from './messages.js';
import { TellingHost } from './telling-host.js';

const host = new TellingHost();

/** Does what the calling thread asks of asynchronous backends; runs on the helper thread, one request at a time. */
export function answer(request: AsyncRequest): Promise<AsyncAnswers[AsyncRequest['kind']] & Told> {
  return host.answer(request);
}
