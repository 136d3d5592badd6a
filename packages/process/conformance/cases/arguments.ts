import { strict as assert } from 'node:assert';
import { realpathSync } from 'node:fs';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { callScript, command, shell } from '../drive/call-script.js';

const rules = { allowCommands: ['sh', 'env', 'pwd', 'true'] };

/** Name, arguments, environment and working directory of a command. */
export const argumentCases: readonly ConformanceCase[] = [
  {
    name: 'arguments arrive one by one, as they are',
    source: 'POSIX: printf "<%s>" "$@"',
    async run(context) {
      const args = ['', 'a b', '*', '$HOME', '"', "'", 'é', '-n', 'x\ny'];
      const answers = await callScript(context, rules, [
        ...shell('printf "<%s>" "$@"', ...args),
        'run',
        'stdout',
      ]);
      assert.deepEqual(answers.texts('stdout'), [args.map((arg) => `<${arg}>`).join('')]);
    },
  },
  {
    name: 'argument 0 is the name that the guest gave',
    source: 'measured: WasmEdge 0.14.1; POSIX: $0 of sh without -c operands',
    async run(context) {
      const answers = await callScript(context, rules, [
        ...command('sh', '-c', 'printf %s "$0"'),
        'run',
        'stdout',
      ]);
      assert.deepEqual(answers.texts('stdout'), ['sh']);
    },
  },
  {
    name: 'setting the program name again replaces it',
    source: 'the meaning of its name; the crate wasmedge_process_interface calls it once for each run',
    upstreamDiffers: 'the second name is appended to the first',
    detects: ['appends-program-name'],
    async run(context) {
      const answers = await callScript(context, rules, ['name', 'no-such-', 'name', 'true', 'run']);
      assert.deepEqual(answers.numbers('run'), [0]);
    },
  },
  {
    name: 'the environment holds what the guest added and nothing else',
    source: 'POSIX: env prints its environment',
    detects: ['inherits-environment'],
    async run(context) {
      const calls = [
        ...command('env'),
        'run',
        'stdout',
        ...command('env'),
        'env',
        'B',
        '2',
        'env',
        'A',
        '=x=',
        'run',
        'stdout',
      ];
      const [none, two] = (await callScript(context, rules, calls)).texts('stdout');
      assert.equal(none, '');
      assert.deepEqual(two?.split('\n').sort(), ['', 'A==x=', 'B=2']);
    },
  },
  {
    name: 'a variable that is added twice keeps its first value',
    source: 'measured: WasmEdge 0.14.1',
    detects: ['last-variable-wins'],
    async run(context) {
      const answers = await callScript(context, rules, [
        ...command('env'),
        'env',
        'A',
        '1',
        'env',
        'A',
        '2',
        'run',
        'stdout',
      ]);
      assert.deepEqual(answers.texts('stdout'), ['A=1\n']);
    },
  },
  {
    name: 'a program is looked up on the PATH of the host, not on one that the guest sets',
    source: 'measured: WasmEdge 0.14.1',
    detects: ['guest-chooses-path'],
    async run(context) {
      const answers = await callScript(context, { ...rules, allowEnv: 'all' }, [
        ...command('true'),
        'env',
        'PATH',
        '/no/such/folder',
        'run',
      ]);
      assert.deepEqual(answers.numbers('run'), [0]);
    },
  },
  {
    name: 'the working directory is that of the host',
    source: 'measured: WasmEdge 0.14.1; POSIX: pwd -P',
    async run(context) {
      const answers = await callScript(context, rules, [...command('pwd', '-P'), 'run', 'stdout']);
      assert.deepEqual(answers.texts('stdout'), [`${realpathSync(process.cwd())}\n`]);
    },
  },
  {
    name: 'an argument with a NUL byte is an error, not a shorter argument',
    source: 'POSIX: an argument is a string without NUL',
    upstreamDiffers: 'the argument ends before the NUL byte',
    detects: ['argument-ends-at-nul'],
    async run(context) {
      const calls = [
        ...command('sh', '-c'),
        'arg',
        `hex:${Buffer.from('exit 0\0').toString('hex')}`,
        'run',
        'stdout-length',
      ];
      const answers = await callScript(context, rules, [...calls, 'stderr-length']);
      assert.deepEqual([answers.numbers('run'), answers.numbers('stdout-length')], [[-1], [0]]);
      assert.notDeepEqual(answers.numbers('stderr-length'), [0]);
    },
  },
  {
    name: 'an argument that is not UTF-8 is passed as it is or refused, never changed',
    source: 'the bytes that the guest gave, as od prints them',
    detects: ['replaces-invalid-utf8'],
    async run(context) {
      const calls = [...shell('printf %s "$1"'), 'arg', 'hex:41ff42', 'run', 'stdout', 'stderr-length'];
      const answers = await callScript(context, rules, calls);
      if (answers.numbers('run')[0] === -1) {
        assert.deepEqual(answers.texts('stdout'), ['']);
        assert.notDeepEqual(answers.numbers('stderr-length'), [0]);
      } else {
        assert.deepEqual(answers.bytes('stdout'), [Buffer.from('41ff42', 'hex')]);
      }
    },
  },
];
