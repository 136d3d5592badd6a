import { createBlockingCaller, defaultLogger } from '@wasmedge-plugins/core';
import type { Backend, SessionModel } from './backend.js';
import { type HostModel, loadForSession } from './load-for-session.js';

/**
 * A session on the embedded backend.
 *
 * @param create makes it of the model, which it then owns, together with what must be freed after it.
 */
export async function openSession<Made>(
  backend: Backend,
  given: HostModel,
  create: (model: SessionModel, owned: readonly Disposable[]) => Made,
): Promise<Made> {
  const blocking = createBlockingCaller();
  const owned: Disposable[] = [blocking];
  try {
    const { model, opened } = await loadForSession(backend, { blocking, logger: defaultLogger }, given);
    owned.unshift(opened);
    return create(model, owned);
  } catch (error) {
    for (const each of owned) each[Symbol.dispose]();
    throw error;
  }
}
