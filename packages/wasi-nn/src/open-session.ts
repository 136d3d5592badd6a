import { createBlockingCaller, defaultLogger } from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';
import { type HostModel, loadForSession } from './load-for-session.js';
import type { ModelDefinition } from './model-definition.js';
import { createSession } from './session.js';

/** A session on the embedded backend. */
export async function openSession(
  backend: Backend,
  given: HostModel,
  definition: ModelDefinition | undefined,
) {
  const blocking = createBlockingCaller();
  const owned: Disposable[] = [blocking];
  try {
    const { model, opened } = await loadForSession(backend, { blocking, logger: defaultLogger }, given);
    owned.unshift(opened);
    return createSession(model, definition, owned);
  } catch (error) {
    for (const each of owned) each[Symbol.dispose]();
    throw error;
  }
}
