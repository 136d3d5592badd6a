import { expect } from 'vitest';
import { WasmEdgePluginsError } from '../index.js';

/** A class of these packages' errors. */
type ErrorClass<Kind> = { readonly name: string; isInstance(value: unknown): value is Kind };

/** What `action` throws; fails when it throws nothing. */
export function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

/** Expects an error of this class with this code whose message matches every pattern; returns it. */
export function expectError<Kind extends WasmEdgePluginsError>(
  error: unknown,
  kind: ErrorClass<Kind>,
  code: `ERR_${string}`,
  ...patterns: readonly RegExp[]
): Kind {
  expect(error).toBeInstanceOf(WasmEdgePluginsError);
  const typed = error as Kind;
  expect({ name: typed.name, code: typed.code, recognised: kind.isInstance(typed) }).toEqual({
    name: kind.name,
    code,
    recognised: true,
  });
  for (const pattern of patterns) {
    expect(typed.message).toMatch(pattern);
  }
  return typed;
}

/** {@link expectError} for what `action` throws. */
export function expectThrows<Kind extends WasmEdgePluginsError>(
  action: () => unknown,
  kind: ErrorClass<Kind>,
  code: `ERR_${string}`,
  ...patterns: readonly RegExp[]
): Kind {
  return expectError(thrownBy(action), kind, code, ...patterns);
}

/** {@link expectError} for what a promise is rejected with. */
export async function expectRejects<Kind extends WasmEdgePluginsError>(
  promise: Promise<unknown>,
  kind: ErrorClass<Kind>,
  code: `ERR_${string}`,
  ...patterns: readonly RegExp[]
): Promise<Kind> {
  const outcome = await promise.then(
    () => new Error('Nothing was thrown.'),
    (error: unknown) => error,
  );
  return expectError(outcome, kind, code, ...patterns);
}
