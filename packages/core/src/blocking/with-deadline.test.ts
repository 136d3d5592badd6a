import { expect, it } from 'vitest';
import { BlockingTimeoutError } from '../errors/host-function-errors.js';
import { createBlockingCaller } from './create-blocking-caller.js';
import { withDeadline } from './with-deadline.js';

const task = {
  moduleUrl: new URL('./__fixtures__/tasks.mjs', import.meta.url),
  exportName: 'waitForAbort',
};
const flag = () => new Int32Array(new SharedArrayBuffer(4));

it('says whose limit is over: that of the call, or the time that the guest has left', () => {
  let leftMs = 0.25;
  using caller = withDeadline(createBlockingCaller(), () => leftMs);
  const call = (timeoutMs?: number) => () =>
    caller.call(task, flag(), timeoutMs === undefined ? {} : { timeoutMs });
  for (const late of [call(), call(1000)]) {
    expect(late).toThrow(BlockingTimeoutError);
    expect(late).toThrow(/^The time limit of the guest's call was over .* limits\.timeoutMs/);
  }
  leftMs = 10_000;
  expect(call(20)).toThrow(/waitForAbort.* 20 ms/);
});
