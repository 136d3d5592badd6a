import { RequestRefusedError } from '../errors.js';
import type { HttpsRequestEnd, HttpsRequestInfo } from '../hooks.js';
import type { EncodedHook } from './exchange-request.js';

/**
 * Asks a hook on this thread.
 *
 * @throws {RequestRefusedError} when it refuses, or cannot be loaded.
 */
export async function askHook(hook: EncodedHook | undefined, info: HttpsRequestInfo): Promise<void> {
  if (hook === undefined) {
    return;
  }
  let answer: unknown;
  try {
    answer = await (await load(hook))(info);
  } catch (cause) {
    throw refused(info, cause);
  }
  if (answer === false) {
    throw refused(info);
  }
}

/** Tells a hook on this thread. */
export async function tellHook(hook: EncodedHook | undefined, end: HttpsRequestEnd): Promise<void> {
  if (hook !== undefined) {
    await (await load(hook))(end);
  }
}

/** What a refusal by a hook is reported as. */
export function refused({ method, host }: HttpsRequestInfo, cause?: unknown): RequestRefusedError {
  return new RequestRefusedError(
    `The hook onRequest refused ${method} to ${host}${cause === undefined ? '' : '; see the cause'}.`,
    cause === undefined ? undefined : { cause },
  );
}

async function load({ moduleUrl, exportName }: EncodedHook): Promise<(argument: unknown) => unknown> {
  const module: Readonly<Record<string, unknown>> = await import(moduleUrl);
  const hook = module[exportName];
  if (typeof hook !== 'function') {
    throw new TypeError(`The module ${moduleUrl} exports no function ${exportName}; export the hook there.`);
  }
  return hook as (argument: unknown) => unknown;
}
