import type { AsyncAnswers, AsyncRequest, Told } from './messages.js';
import { ProcessHost } from './process-host.js';

const host = new ProcessHost('load the model again');

/**
 * Passes on what the calling thread asks of asynchronous backends to a process of the helper thread, on which it runs. What nobody waits for any more ends with the
 * process: a library that computes cannot be asked to stop.
 */
export async function answer(
  request: AsyncRequest,
  { signal }: { readonly signal: AbortSignal },
): Promise<AsyncAnswers[AsyncRequest['kind']] & Told> {
  const end = () => host.end();
  signal.addEventListener('abort', end);
  try {
    return await host.answer(request);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
