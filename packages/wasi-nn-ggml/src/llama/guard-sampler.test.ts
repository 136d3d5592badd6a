import type { LlamaContext } from 'node-llama-cpp';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { guardSampler, longestChoice } from './guard-sampler.js';

type Choose = (...given: number[]) => Promise<unknown>;

/** A context of the library that chooses tokens so. */
const contextOf = (sampleToken: Choose) => ({ _ctx: { sampleToken } });
const guard = (context: { _ctx: { sampleToken: Choose } }, end?: (words: string) => void) =>
  guardSampler(context as unknown as LlamaContext, end);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('passes on the token that is chosen', async () => {
  const context = contextOf(async (index) => index);
  const failures = guard(context);
  expect(await context._ctx.sampleToken(7)).toBe(7);
  expect(failures.take()).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

it('gives no token where the library fails, and tells why once', async () => {
  const context = contextOf(() => Promise.reject(new Error('Unexpected empty grammar stack')));
  const failures = guard(context);
  expect(await context._ctx.sampleToken(7)).toBe(-1);
  expect(failures.take()?.message).toBe('Unexpected empty grammar stack');
  expect(failures.take()).toBeUndefined();
});

it('ends the process when a choice takes too long', () => {
  const end = vi.fn();
  const context = contextOf(() => new Promise(() => {}));
  guard(context, end);
  void context._ctx.sampleToken(7);
  vi.advanceTimersByTime(longestChoice - 1);
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(end).toHaveBeenCalledWith(expect.stringMatching(/more than 10 s .* ambiguous/));
});
