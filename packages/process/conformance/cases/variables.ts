import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { CommandRules } from '../../src/options.js';
import { type Answers, callScript, command } from '../drive/call-script.js';

const upstreamDiffers = 'every variable is passed, so that an allowed command may become any';
const detects = ['passes-every-variable'];
const env = { allowCommands: ['env'] };

/** Runs env(1) with these variables, and tells what it printed, in order of the alphabet. */
function runEnv(context: Parameters<ConformanceCase['run']>[0], rules: CommandRules, ...names: string[]) {
  const variables = names.flatMap((name) => ['env', name, '1']);
  const calls = [...command('env'), ...variables, 'run', 'exit-code', 'stdout', 'stderr'];
  return callScript(context, rules, calls);
}

function assertRefused(answers: Answers, name: string): void {
  assert.deepEqual([answers.numbers('run'), answers.numbers('exit-code')], [[-1], [-1]]);
  assert.deepEqual(answers.texts('stdout'), ['']);
  const [told = ''] = answers.texts('stderr');
  assert.ok(
    told.startsWith('Permission denied: ') && told.includes(`"${name}"`) && told.endsWith('\n'),
    told,
  );
}

/** Which variables a guest may set. */
export const variableCases: readonly ConformanceCase[] = [
  {
    name: 'variables that loaders and interpreters obey are refused by default, as a command is',
    source: 'ld.so(8), git(1), node(1), bash(1), execvp(3): what these variables make programs do',
    upstreamDiffers,
    detects,
    async run(context) {
      for (const name of [
        'LD_PRELOAD',
        'GIT_SSH_COMMAND',
        'NODE_OPTIONS',
        'BASH_ENV',
        'PATH',
        'ld_preload',
      ]) {
        assertRefused(await runEnv(context, env, 'A', name), name);
      }
    },
  },
  {
    name: 'variables that nothing is known to obey are allowed by default',
    source: 'POSIX: env prints its environment',
    async run(context) {
      const answers = await runEnv(context, env, 'GREETING', 'LANG', 'TZ');
      assert.deepEqual(answers.texts('stdout').join().split('\n').sort(), [
        '',
        'GREETING=1',
        'LANG=1',
        'TZ=1',
      ]);
    },
  },
  {
    name: 'of variables that are named, and of beginnings, these are allowed and no others',
    source: 'the option allowEnv of this package',
    upstreamDiffers,
    detects,
    async run(context) {
      const rules: CommandRules = { ...env, allowEnv: ['LD_DEBUG', 'MY_*'] };
      const answers = await runEnv(context, rules, 'LD_DEBUG', 'MY_PATH', 'MY_');
      assert.deepEqual(answers.numbers('run'), [0]);
      for (const name of ['LD_DEBUG_OUTPUT', 'my_x', 'A']) {
        assertRefused(await runEnv(context, rules, 'MY_A', name), name);
      }
    },
  },
  {
    name: 'a refused variable clears what the guest had prepared',
    source: 'guest-abi section 1: what a refusal does',
    upstreamDiffers,
    detects,
    async run(context) {
      const refusedCalls = [
        ...command('env', 'left', 'over'),
        'env',
        'LD_PRELOAD',
        'x',
        'env',
        'LEFT',
        'over',
        'run',
      ];
      const answers = await callScript(context, env, [...refusedCalls, ...command('env'), 'run', 'stdout']);
      assert.deepEqual([answers.numbers('run'), answers.texts('stdout')], [[-1, 0], ['']]);
    },
  },
  {
    name: 'a name with "=", with a NUL byte or without a character is refused also where all variables are allowed',
    source: 'POSIX XBD 8.1: environment strings have the form name=value',
    upstreamDiffers:
      'LD_PRELOAD=x with the value y is passed as LD_PRELOAD with the value x=y, and a name ends at a NUL byte',
    async run(context) {
      for (const name of ['LD_PRELOAD=x', '=', 'hex:4100', '']) {
        const answers = await runEnv(context, { ...env, allowEnv: 'all' }, name);
        assert.deepEqual([answers.numbers('run'), answers.texts('stdout')], [[-1], ['']]);
        assert.match(answers.texts('stderr').join(), /^Permission denied: /);
      }
    },
  },
];
