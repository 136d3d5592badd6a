import { HostFunctionResultError } from '../errors/host-function-errors.js';
import { describeExpectation, describeValue, mismatchExpression } from './check-arguments.js';
import type { Signature } from './signature.js';

/** Throws for a result that does not fit. */
export function refuseResult(
  functionName: string,
  { results }: Signature,
  value: unknown,
  index?: number,
): never {
  const wanted =
    index === undefined
      ? results.length === 0
        ? 'nothing'
        : `an array of ${results.length} values (${results.join(', ')})`
      : `${results[index]}, ${describeExpectation(results[index] ?? 'externref')}`;
  const advice = isPromise(value) ? "; an async function needs on: 'caller'" : '';
  throw new HostFunctionResultError(
    `The host function "${functionName}" must return ${wanted}, not ${describeValue(value)}${advice}.`,
  );
}

/** Whether a result is a promise, or would be taken for one. */
export function isPromise(result: unknown): result is PromiseLike<unknown> {
  return typeof (result as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}

/**
 * JavaScript source of statements that call `refuse(value, index)` when the variable `result` does not fit the signature. A single
 * result is checked as it is, several as an array.
 */
export function resultCheckSource({ results }: Signature): string {
  if (results.length === 0) {
    // TypeScript lets a function of no result return anything; only a promise tells of a mistake.
    return "if (result !== undefined && typeof result?.then === 'function') refuse(result);";
  }
  if (results.length === 1) {
    const mismatch = mismatchExpression(results[0] ?? 'externref', 'result');
    return mismatch === undefined ? '' : `if (${mismatch}) refuse(result, 0);`;
  }
  const checks = results.map((type, index) => {
    const mismatch = mismatchExpression(type, `result[${index}]`);
    return mismatch === undefined ? '' : `if (${mismatch}) refuse(result[${index}], ${index});`;
  });
  return `if (!Array.isArray(result) || result.length !== ${results.length}) refuse(result); ${checks.join(' ')}`;
}
