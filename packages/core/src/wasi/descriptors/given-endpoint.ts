import { HostFunctionResultError } from '../../errors/host-function-errors.js';
import { describeValue } from '../../values/check-arguments.js';
import { EndpointError, WasiError } from '../wasi-error.js';

/** Maximum number of bytes that are handed to an object of the host at once, whatever the guest asks for: 1 MiB. */
export const largestPiece = 1 << 20;

/**
 * What an object of the host answers, once it was found right: a number of bytes, or `undefined`.
 *
 * @param method what is asked, as messages name it.
 * @throws {EndpointError} with what it threw, or with what is wrong with its answer.
 */
export function askEndpoint(method: string, most: number, ask: () => unknown): number | undefined {
  let answer: unknown;
  try {
    answer = ask();
  } catch (error) {
    throw new EndpointError(error);
  }
  if (answer === undefined) return undefined;
  if (!Number.isInteger(answer) || (answer as number) < 0 || (answer as number) > most) {
    const range = Number.isFinite(most) ? `from 0 to ${most}` : 'from 0';
    const given = typeof answer === 'number' ? `${answer}` : describeValue(answer);
    throw refusedAnswer(
      `${method} of the WASI options must return a number of bytes ${range}, not ${given}; it must be synchronous.`,
    );
  }
  return answer as number;
}

/** The answer to a read or write; none is one only for who does not wait. */
export function askToMove(method: string, most: number, wait: boolean, ask: () => unknown): number {
  const answer = askEndpoint(method, most, ask);
  if (answer !== undefined) return answer;
  if (!wait) throw new WasiError('again');
  throw refusedAnswer(
    `${method} of the WASI options returned undefined, but the guest waits for a number; return the number of bytes.`,
  );
}

/** The error that ends a call because of what an object of the host did. */
export function refusedAnswer(message: string): EndpointError {
  return new EndpointError(new HostFunctionResultError(message));
}
