import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { callScript, command, shell } from '../drive/call-script.js';

const upstreamDiffers = 'a log line of the plug-in is told as stdout of the command, and stderr is empty';

/** One case: this name cannot be started, and stderr tells why. */
function notStarted(text: string, name: string, reason: RegExp): ConformanceCase {
  return {
    name: text,
    source: 'measured: WasmEdge 0.14.1 for the result; POSIX execvp for the reason',
    upstreamDiffers,
    detects: ['start-failure-in-stdout'],
    async run(context) {
      const calls = [...command(name), 'run', 'exit-code', 'stdout', 'stderr'];
      const answers = await callScript(context, { allowAllCommands: true }, calls);
      assert.deepEqual([answers.numbers('run'), answers.numbers('exit-code')], [[-1], [-1]]);
      assert.deepEqual(answers.texts('stdout'), ['']);
      assert.match(answers.texts('stderr').join(), reason);
    },
  };
}

/** Commands that cannot be started. */
export const failureCases: readonly ConformanceCase[] = [
  notStarted('a program that is not there is told on stderr', 'no-such-program', /not found/),
  notStarted('a path that is not there is told on stderr', '/no/such/program', /not found/),
  notStarted('the empty name is not a program', '', /not found/),
  notStarted('a file that is not executable is told on stderr', '/etc/passwd', /Permission denied/),
  notStarted('a folder is not a program', '/', /Permission denied/),
  {
    name: 'the next command runs after one that could not be started',
    source: 'measured: WasmEdge 0.14.1',
    async run(context) {
      const calls = [
        ...command('no-such-program', 'left'),
        'run',
        ...shell('echo $#'),
        'run',
        'stdout',
        'stderr',
      ];
      const answers = await callScript(context, { allowAllCommands: true }, calls);
      assert.deepEqual(answers.numbers('run'), [-1, 0]);
      assert.deepEqual([answers.texts('stdout'), answers.texts('stderr')], [['0\n'], ['']]);
    },
  },
];
