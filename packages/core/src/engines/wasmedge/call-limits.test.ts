import { beforeEach, expect, it, vi } from 'vitest';

const host = vi.hoisted(() => ({ memory: 0 }));
vi.mock('node:os', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  totalmem: () => host.memory,
}));

const gibibyte = 2 ** 30;

beforeEach(() => vi.resetModules());

it.each([
  ['a machine of 8 GiB', 8 * gibibyte, 0, gibibyte],
  ['a machine of 64 GiB', 64 * gibibyte, 0, 2 * gibibyte],
  ['a machine of 64 GiB without a bound that makes sense', 64 * gibibyte, 2 ** 64, 2 * gibibyte],
  ['a container of 4 GiB on it', 64 * gibibyte, 4 * gibibyte, gibibyte / 2],
])('lets a process grow by an eighth of the memory, 2 GiB at most: %s', async (_, memory, bound, growth) => {
  host.memory = memory;
  const constrained = vi.spyOn(process, 'constrainedMemory').mockReturnValue(bound);
  const { callLimits } = await import('./call-limits.js');
  constrained.mockRestore();
  expect(callLimits({})).toMatchObject({ growthBytes: growth });
  expect(callLimits({ growthBytes: 5 })).toMatchObject({ growthBytes: 5 });
});
