import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { callScript, shell } from '../drive/call-script.js';

const sh = { allowCommands: ['sh'] };

/** What `run` and `get_exit_code` tell. */
export const exitCodeCases: readonly ConformanceCase[] = [
  {
    name: 'the exit code of a command is the result of run and of get_exit_code',
    source: 'POSIX: sh -c "exit n" exits with n',
    async run(context) {
      const calls = [0, 1, 3, 100, 127].flatMap((code) => [...shell(`exit ${code}`), 'run', 'exit-code']);
      const answers = await callScript(context, sh, calls);
      assert.deepEqual(answers.numbers('run'), [0, 1, 3, 100, 127]);
      assert.deepEqual(answers.numbers('exit-code'), [0, 1, 3, 100, 127]);
    },
  },
  {
    name: 'exit codes from 128 to 255 stay as they are',
    source: 'POSIX: sh -c "exit n" exits with n',
    upstreamDiffers: 'they are sign-extended: 200 is told as -56, 255 as -1',
    detects: ['sign-extended-exit-code'],
    async run(context) {
      const calls = [128, 200, 254, 255].flatMap((code) => [...shell(`exit ${code}`), 'run', 'exit-code']);
      const answers = await callScript(context, sh, calls);
      assert.deepEqual(answers.numbers('run'), [128, 200, 254, 255]);
      assert.deepEqual(answers.numbers('exit-code'), [128, 200, 254, 255]);
    },
  },
  {
    name: 'death by signal n is told as 128 + n',
    source: 'POSIX shells: $? of a command that signal n ended',
    upstreamDiffers: 'it is told as exit code 0',
    detects: ['signal-death-as-zero'],
    async run(context) {
      const calls = [1, 9, 15].flatMap((signal) => [...shell(`kill -${signal} $$`), 'run']);
      const answers = await callScript(context, sh, calls);
      assert.deepEqual(answers.numbers('run'), [129, 137, 143]);
    },
  },
  {
    name: 'before any run the exit code is 0 and there is no output',
    source: 'measured: WasmEdge 0.14.1',
    async run(context) {
      const answers = await callScript(context, sh, ['exit-code', 'stdout-length', 'stderr-length']);
      assert.deepEqual(
        [answers.numbers('exit-code'), answers.numbers('stdout-length'), answers.numbers('stderr-length')],
        [[0], [0], [0]],
      );
    },
  },
];
