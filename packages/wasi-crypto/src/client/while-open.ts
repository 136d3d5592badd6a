import type { FunctionName, PluginCalls } from './plugin-calls.js';

/** Does something with a handle, and closes it whatever happens. */
export function whileOpen<Result>(
  calls: PluginCalls,
  close: FunctionName,
  handle: number,
  act: () => Result,
): Result {
  try {
    return act();
  } finally {
    calls.act(close, handle);
  }
}
