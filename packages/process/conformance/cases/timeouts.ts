import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { callScript, shell } from '../drive/call-script.js';

const rules = { allowCommands: ['sh'] };

/** Commands that take too long. */
export const timeoutCases: readonly ConformanceCase[] = [
  {
    name: 'a command whose time is over ends with 110, and its output so far is kept',
    source: 'measured: WasmEdge 0.14.1',
    async run(context) {
      const script = 'echo before; echo error >&2; exec sleep 20';
      const calls = [...shell(script), 'timeout', '400', 'run', 'exit-code', 'stdout', 'stderr'];
      const answers = await callScript(context, rules, calls);
      assert.deepEqual([answers.numbers('run'), answers.numbers('exit-code')], [[110], [110]]);
      assert.deepEqual([answers.texts('stdout'), answers.texts('stderr')], [['before\n'], ['error\n']]);
    },
  },
  {
    name: 'a time-out counts in milliseconds',
    source: 'the unit that the crate wasmedge_process_interface documents',
    upstreamDiffers:
      'up to 0.14.1 whole seconds of the wall clock are counted: 1200 ms end when it has ticked twice',
    detects: ['whole-second-timeout'],
    async run(context) {
      // The first run starts the helper thread; the second begins when a second of the wall clock has begun.
      const calls = [...shell(':'), 'run', ...shell('exec sleep 20'), 'timeout', '1200', 'align', 'run'];
      const answers = await callScript(context, rules, calls);
      const [, tookMs = 0] = answers.numbers('took');
      assert.deepEqual(answers.numbers('run'), [0, 110]);
      assert.ok(tookMs >= 1190 && tookMs < 1650, `it took ${tookMs} ms`);
    },
  },
  {
    name: 'a time-out is for the next run only',
    source: 'measured: WasmEdge 0.14.1: 10000 ms after every run',
    detects: ['keeps-timeout'],
    async run(context) {
      const calls = [
        ...shell('exec sleep 20'),
        'timeout',
        '100',
        'run',
        ...shell('sleep 0.5; exit 4'),
        'run',
      ];
      assert.deepEqual((await callScript(context, rules, calls)).numbers('run'), [110, 4]);
    },
  },
  {
    name: 'the longest time-out is 4294967295 ms and not a negative one',
    source: 'the signature of the crate wasmedge_process_interface: u32',
    detects: ['signed-timeout'],
    async run(context) {
      const calls = [...shell('sleep 0.3; exit 5'), 'timeout', '4294967295', 'run'];
      assert.deepEqual((await callScript(context, rules, calls)).numbers('run'), [5]);
    },
  },
  {
    name: 'what the command started ends with it',
    source: 'POSIX: kill of a process group',
    upstreamDiffers: 'only the direct child is ended',
    detects: ['kills-only-child'],
    async run(context) {
      const folder = mkdtempSync(join(tmpdir(), 'process-conformance-'));
      try {
        const marker = join(folder, 'marker');
        // The output is closed, so that upstream's wait for it does not hide what is asked here.
        const script = '(sleep 1.5; echo alive >"$1") >/dev/null 2>&1 & exec sleep 20';
        const answers = await callScript(context, rules, [...shell(script, marker), 'timeout', '300', 'run']);
        assert.deepEqual(answers.numbers('run'), [110]);
        await setTimeout(2000);
        assert.equal(existsSync(marker), false, 'a process that the command started lives on');
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'a command whose time was over is gone, not a zombie',
    source: 'POSIX: kill of a process that was waited for fails with ESRCH',
    upstreamDiffers: 'the child is not waited for and stays a zombie',
    detects: ['leaves-child'],
    async run(context) {
      const calls = [...shell('echo $$; exec sleep 20'), 'timeout', '300', 'run', 'stdout'];
      const pid = Number((await callScript(context, rules, calls)).texts('stdout')[0]);
      assert.ok(pid > 1, 'the command told its process id');
      assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    },
  },
];
