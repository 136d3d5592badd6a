import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './__fixtures__/temporary-folder.js';
import { Realtime } from './realtime.js';

const millisecond = 1_000_000n;

it('is not behind the time stamps of files that were just written', () => {
  const clock = new Realtime();
  const file = path.join(temporaryFolder(), 'file');
  for (let round = 0; round < 300; round += 1) {
    writeFileSync(file, 'x');
    // The system's own time stamp is the judge.
    const { mtimeNs } = statSync(file, { bigint: true });
    expect(clock.now()).toBeGreaterThanOrEqual(mtimeNs);
  }
});

it('tells what the system tells in milliseconds, in smaller steps, and never less than before', () => {
  const clock = new Realtime();
  const times: bigint[] = [];
  for (let round = 0; round < 20_000; round += 1) {
    const earliest = BigInt(Date.now()) * millisecond;
    const time = clock.now();
    const latest = BigInt(Date.now() + 2) * millisecond;
    if (time < earliest || time >= latest) expect.fail(`${time} is not from ${earliest} to ${latest}`);
    times.push(time);
  }
  expect(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0n))).toBe(true);
  expect(new Set(times.map((time) => time % millisecond)).size).toBeGreaterThan(100);
});

it('follows the clock of the system within 100 µs when that is set', () => {
  let ahead = 0n;
  let nanoseconds = 5n;
  // Each look takes 100 ns.
  const clock = new Realtime(
    () => Number((nanoseconds + ahead) / millisecond),
    () => {
      nanoseconds += 100n;
      return [Number(nanoseconds / 1_000_000_000n), Number(nanoseconds % 1_000_000_000n)];
    },
  );
  const difference = () => clock.now() - (nanoseconds + ahead);
  expect(difference()).toBeLessThan(1_000n);
  for (const step of [3_600_000n, -3_600_000n, 3n, -5n]) {
    ahead += step * millisecond;
    nanoseconds += 100_000n;
    const found = difference();
    expect(found).toBeGreaterThanOrEqual(-200n);
    expect(found).toBeLessThan(1_000n);
  }
});
