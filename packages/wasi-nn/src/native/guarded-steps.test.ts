import { describe, expect, it } from 'vitest';
import type { GuardedCalls } from './guarded-calls.js';
import { GuardedSteps } from './guarded-steps.js';

/** Steps over a plug-in that answers with these codes, and what it was asked. */
function stepsOver(answers: readonly number[], isNewer: boolean) {
  const asked: string[] = [];
  const left = [...answers];
  const call = (name: string, context: number) => {
    asked.push(`${name} ${context}`);
    return left.shift() ?? expect.unreachable();
  };
  return { asked, steps: new GuardedSteps({ call } as unknown as GuardedCalls, 7, isNewer) };
}

// Upstream reads memory that is not there in these states: WasmEdge 0.14.1 and 0.17.1, plugins/wasi_nn.
describe.each([false, true])('a context that computes token by token, from 0.15 on: %s', (isNewer) => {
  it('is not continued where it could not begin', () => {
    const { asked, steps } = stepsOver([102], isNewer);
    expect([steps.compute(), steps.compute(), steps.finish(), steps.compute()]).toEqual([102, 102, 0, 102]);
    expect(steps.hasToken).toBe(false);
    expect(asked).toEqual(['compute_single 7']);
  });

  it('has a token after the first, and none after the end or a whole computation', () => {
    const { steps } = stepsOver([0, 0, 0], isNewer);
    expect(steps.hasToken).toBe(false);
    steps.compute();
    expect(steps.hasToken).toBe(true);
    steps.finish();
    expect(steps.hasToken).toBe(false);
    steps.compute();
    steps.computed();
    expect(steps.hasToken).toBe(false);
  });

  it('may begin once it has a prompt', () => {
    const { steps } = stepsOver([1, 0], isNewer);
    expect([steps.compute(), steps.compute()]).toEqual([1, 0]);
  });

  it('is ended before the model changes, if it runs', () => {
    const { asked, steps } = stepsOver([0, 0], isNewer);
    steps.interrupt();
    steps.compute();
    steps.interrupt();
    expect(asked).toEqual(['compute_single 7', 'fini_single 7']);
  });
});

it('up to 0.14, only a run that there is can be ended, and it outlives its end', () => {
  const { asked, steps } = stepsOver([101, 0], false);
  expect([steps.finish(), steps.compute(), steps.finish()]).toEqual([0, 101, 0]);
  expect(asked).toEqual(['compute_single 7', 'fini_single 7']);
});

it('from 0.15 on, a new prompt makes up for one that was too long', () => {
  const { steps } = stepsOver([102, 0], true);
  expect(steps.compute()).toBe(102);
  steps.promptSet();
  expect(steps.compute()).toBe(0);
});
