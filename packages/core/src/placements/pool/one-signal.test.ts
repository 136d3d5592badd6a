import { expect, it } from 'vitest';
import { createPool } from './create-pool.js';

it('twelve runs at once with one signal cause no warning of a leak', async () => {
  const warnings: string[] = [];
  const hear = ({ name }: Error) => warnings.push(name);
  process.on('warning', hear);
  const { signal } = new AbortController();
  // A command that does nothing: `_start` with an empty body, and no memory.
  const guest = Buffer.from(
    '0061736d0100000001040160000003020100070a01065f737461727400000a040102000b',
    'hex',
  );
  await using pool = createPool({ placement: 'worker', size: 1, guest });
  const results = await Promise.all(Array.from({ length: 12 }, () => pool.run({ signal })));
  expect(results.map(({ exitCode }) => exitCode)).toEqual(Array(12).fill(0));
  await new Promise(setImmediate); // Warnings are told on the next tick.
  process.off('warning', hear);
  expect(warnings).toEqual([]);
});
