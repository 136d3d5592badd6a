import type { ExportReference } from '@wasmedge-plugins/core';
import { RequestRefusedError } from '../errors.js';
import type { HttpsRequestEnd, HttpsRequestInfo } from '../hook-options.js';

/**
 * Asks a hook on this thread.
 *
 * @throws {RequestRefusedError} when it refuses, or cannot be loaded.
 */
export async function askHook(hook: ExportReference | undefined, info: HttpsRequestInfo): Promise<void> {
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
export async function tellHook(hook: ExportReference | undefined, end: HttpsRequestEnd): Promise<void> {
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

async function load(reference: ExportReference): Promise<(argument: unknown) => unknown> {
  const module: Readonly<Record<string, unknown>> = await import(String(reference.module));
  const hook = module[reference.export];
  if (typeof hook !== 'function') {
    throw new TypeError(
      `The module ${reference.module} exports no function ${reference.export}; export the hook there.`,
    );
  }
  return hook as (argument: unknown) => unknown;
}
