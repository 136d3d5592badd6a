import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { callScript, command, shell } from '../drive/call-script.js';
import { RawCalls } from '../drive/raw-calls.js';

const source = 'measured: WasmEdge 0.14.1';
const rules = { allowCommands: ['sh', 'cat'] };

/** What is kept from call to call. */
export const stateCases: readonly ConformanceCase[] = [
  {
    name: 'a run clears what the guest had prepared',
    source,
    detects: ['keeps-inputs'],
    async run(context) {
      const first = [...shell('exit 3', 'a', 'b'), 'env', 'LEFT', 'over', 'stdin', 'left over', 'run'];
      const calls = [...first, ...shell('echo $# "[$LEFT]"; cat'), 'run', 'stdout', 'run', 'stderr-length'];
      const answers = await callScript(context, rules, calls);
      // The third run has no name left.
      assert.deepEqual(answers.numbers('run'), [3, 0, -1]);
      assert.deepEqual(answers.texts('stdout'), ['0 []\n']);
      assert.notDeepEqual(answers.numbers('stderr-length'), [0]);
    },
  },
  {
    name: 'output and exit code stay until the next run and can be read more than once',
    source,
    async run(context) {
      const first = [...shell('echo one; exit 6'), 'run', 'stdout'];
      const between = [...command('cat'), 'stdin', 'two', 'exit-code', 'stdout'];
      const answers = await callScript(context, rules, [
        ...first,
        ...between,
        'run',
        'exit-code',
        'stdout',
        'stdout',
      ]);
      assert.deepEqual(answers.texts('stdout'), ['one\n', 'one\n', 'two', 'two']);
      assert.deepEqual(answers.numbers('exit-code'), [6, 0]);
    },
  },
  {
    name: 'guests of one runtime share the state, those of two do not',
    source: 'measured: WasmEdge 0.14.1: the state belongs to the module instance',
    async run(context) {
      const runtime = await context.createRuntime({ plugin: rules });
      const [one, same] = [new RawCalls(runtime, context), new RawCalls(runtime, context)];
      const other = await RawCalls.create(context, rules);
      one.shell('printf shared; exit 8');
      assert.equal(other.exports.run(), -1);
      assert.equal(same.exports.run(), 8);
      assert.equal(one.stdout(), 'shared');
      assert.equal(one.exports.get_exit_code(), 8);
      assert.equal(other.exports.get_exit_code(), -1);
    },
  },
];
