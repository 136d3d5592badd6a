import { createContext, Script } from 'node:vm';

const context: { work?: () => unknown } = createContext({});
const script = new Script('work()');

/**
 * Does something that never waits, and ends it after a time, in milliseconds, wherever it is then.
 *
 * @throws {Error} `ERR_SCRIPT_EXECUTION_TIMEOUT` when it was ended.
 */
export function withinTime<Result>(timeout: number, work: () => Result): Result {
  context.work = work;
  return script.runInContext(context, { timeout }) as Result;
}
