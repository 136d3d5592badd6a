import { strict as assert } from 'node:assert';
import type { CaseContext } from '@wasmedge-plugins/conformance';

/** Asserts that a call of a guest is ended by the error with this code; a native plug-in can only trap. */
export async function assertFails(
  { provider }: CaseContext,
  code: string,
  work: () => unknown | Promise<unknown>,
  message = '',
): Promise<void> {
  const wanted = provider === 'native' ? 'ERR_GUEST_TRAP' : code;
  let result: unknown;
  try {
    result = await work();
  } catch (error) {
    assert.equal((error as { code?: unknown }).code, wanted, `${message} ${(error as Error).stack}`);
    return;
  }
  assert.fail(`${message} nothing failed with ${wanted}, and the result is ${JSON.stringify(result)}`);
}
