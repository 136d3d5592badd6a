import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClockId } from '../../wasi-types.js';
import { atime, atimeNow, Calls, folder, mtime, mtimeNow } from '../calls.js';
import type { Scenario } from '../step.js';

const first = 1_234_567_890_123_456_789n;
const second = 987_654_321_987_654_321n;

/** Times of files. */
export const timeScenarios: readonly Scenario[] = [
  {
    name: 'times of an open file',
    steps: new Calls()
      .make('f', 'f', 'x')
      .setTimes('f', first, second, atime | mtime)
      .stat('f', 'times')
      .setTimes('f', second, 0n, atime)
      .stat('f', 'times')
      .setTimes('f', 5n, first, mtime)
      .stat('f', 'times')
      .setTimes('f', 1n, 1n, 0)
      .stat('f', 'times')
      .setTimes('f', 0n, 0n, atime | mtime)
      .stat('f', 'times')
      .setTimes('f', 0n, 0n, atime | atimeNow)
      .setTimes('f', 0n, 0n, mtime | mtimeNow)
      .setTimes('f', 0n, 0n, 16)
      .setTimes(99, 0n, 0n, 0)
      .stat('f', 'times')
      .setTimes(folder, first, second, atime | mtime)
      .stat(folder, 'times').steps,
  },
  {
    name: 'times by path',
    prepare: (folder) => {
      writeFileSync(join(folder, 'f'), '');
      symlinkSync('f', join(folder, 'link'));
      symlinkSync('nothing', join(folder, 'dangling'));
    },
    steps: new Calls()
      .setPathTimes('f', first, second, atime | mtime)
      .statPath('f', { kind: 'times' })
      .setPathTimes('f', second, 0n, atime)
      .statPath('f', { kind: 'times' })
      .setPathTimes('link', 1n, 2n, atime | mtime)
      .statPath('link', { kind: 'times' })
      .statPath('f', { kind: 'times' })
      .setPathTimes('link', 3n, 4n, atime | mtime, true)
      .statPath('f', { kind: 'times' })
      .setPathTimes('dangling', 3n, 4n, atime | mtime, true)
      .setPathTimes('dangling', 5n, 6n, atime | mtime)
      .statPath('dangling', { kind: 'times' })
      .setPathTimes('nothing', 0n, 0n, atime)
      .setPathTimes('f/', 0n, 0n, atime)
      .setPathTimes('f', 0n, 0n, atime | atimeNow)
      .setPathTimes('f', 0n, 0n, 16).steps,
  },
  {
    name: 'clocks',
    steps: [...Object.values(ClockId), 4, 99].reduce(
      (calls, clock) =>
        calls
          .call('clock_res_get', clock, { out: 'positive', size: 8 })
          .call('clock_time_get', clock, 1n, { out: 'positive', size: 8 }),
      new Calls(),
    ).steps,
  },
];
