import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { CommandRules } from '../../src/options.js';
import { callScript, command, shell } from '../drive/call-script.js';

function refusal(name: string): string {
  return (
    `Permission denied: Command "${name}" is not in the white list. Please use --allow-command=${name} ` +
    `or --allow-command-all to add "${name}" command into the white list.\n`
  );
}

/** One case: with these rules, this name is refused. */
function refused(
  text: string,
  rules: CommandRules,
  name: string,
  more: Partial<ConformanceCase> = {},
): ConformanceCase {
  return {
    name: text,
    source: 'measured: WasmEdge 0.14.1',
    ...more,
    async run(context) {
      const calls = [
        'name',
        `hex:${Buffer.from(name).toString('hex')}`,
        'run',
        'exit-code',
        'stdout',
        'stderr',
      ];
      const answers = await callScript(context, rules, calls);
      assert.deepEqual([answers.numbers('run'), answers.numbers('exit-code')], [[-1], [-1]]);
      assert.deepEqual([answers.texts('stdout'), answers.texts('stderr')], [[''], [refusal(name)]]);
    },
  };
}

/** Which commands may run. */
export const allowListCases: readonly ConformanceCase[] = [
  refused('nothing is allowed by default', {}, 'true', { detects: ['allows-everything'] }),
  refused('a command that is not named is refused', { allowCommands: ['cat', 'sh'] }, 'true', {
    detects: ['allows-everything'],
  }),
  refused('a name on the list does not allow its path', { allowCommands: ['sh', 'true'] }, '/bin/sh', {
    detects: ['compares-base-names'],
  }),
  refused('a path on the list does not allow its name', { allowCommands: ['/bin/sh'] }, 'sh'),
  refused('a name is compared whole, also behind a NUL byte', { allowCommands: ['sh'] }, 'sh\0x', {
    detects: ['name-ends-at-nul'],
  }),
  refused('a name is compared with its case', { allowCommands: ['true'] }, 'TRUE'),
  refused('a longer name is another name', { allowCommands: ['tru', 'true '] }, 'true'),
  refused('the empty name is refused', { allowCommands: ['sh'] }, ''),
  {
    name: 'a path that is on the list runs',
    source: 'measured: WasmEdge 0.14.1',
    async run(context) {
      const calls = [...command('/bin/sh', '-c', 'exit 7'), 'run'];
      assert.deepEqual(
        (await callScript(context, { allowCommands: ['/bin/sh'] }, calls)).numbers('run'),
        [7],
      );
    },
  },
  {
    name: 'allowing all commands allows any',
    source: 'measured: WasmEdge 0.14.1',
    async run(context) {
      const calls = [...command('/bin/sh', '-c', 'exit 7'), 'run', ...command('true'), 'run'];
      assert.deepEqual((await callScript(context, { allowAllCommands: true }, calls)).numbers('run'), [7, 0]);
    },
  },
  {
    name: 'a refusal clears what the guest had prepared',
    source: 'measured: WasmEdge 0.14.1',
    detects: ['keeps-inputs'],
    async run(context) {
      const refusedCalls = [
        ...command('true', 'left', 'over'),
        'stdin',
        'left over',
        'env',
        'LEFT',
        'over',
        'run',
      ];
      const calls = [...refusedCalls, ...shell('echo $# "[$LEFT]"; cat'), 'run', 'stdout'];
      const answers = await callScript(context, { allowCommands: ['sh'] }, calls);
      assert.deepEqual(answers.numbers('run'), [-1, 0]);
      assert.deepEqual(answers.texts('stdout'), ['0 []\n']);
    },
  },
];
