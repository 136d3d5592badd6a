import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
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
    name: 'what a guest prepared is nothing to the next guest of the runtime',
    source: 'the state of a guest ends with its instance',
    upstreamDiffers: 'the state belongs to the runtime: the next guest runs what the one before had prepared',
    detects: ['guests-share-state'],
    async run(context) {
      const runtime = await context.createRuntime({ plugin: rules });
      {
        await using first = await RawCalls.in(runtime, context);
        await first.shell('echo of the first guest; cat');
        await first.store(0, 'LEFT');
        await first.exports.add_stdin(0, 4);
        await first.exports.add_env(0, 4, 0, 4);
        await first.exports.set_timeout(1);
        // It traps before it runs anything.
        await assert.rejects(async () => first.exports.store(-1, 0), { code: 'ERR_GUEST_TRAP' });
      }
      await using next = await RawCalls.in(runtime, context);
      assert.equal(await next.exports.run(), -1);
      assert.match(await next.stderr(), /^Permission denied: Command "" is not/);
      await next.shell('sleep 0.1; echo $# "[$LEFT]"; cat');
      assert.equal(await next.exports.run(), 0);
      assert.equal(await next.stdout(), '0 []\n');
    },
  },
  {
    name: 'guests that prepare and run in turns have each their own name, input, output and exit code',
    source: 'the state of a guest ends with its instance',
    upstreamDiffers: 'guests of one runtime share the state',
    detects: ['guests-share-state'],
    async run(context) {
      const runtime = await context.createRuntime({ plugin: rules });
      const [one, two] = [await RawCalls.in(runtime, context), await RawCalls.in(runtime, context)];
      const other = await RawCalls.create(context, rules);
      await one.shell('printf one; exit 8');
      await two.shell('printf two; exit 9');
      assert.deepEqual(
        [await other.exports.run(), await one.exports.run(), await two.exports.run()],
        [-1, 8, 9],
      );
      assert.deepEqual([await one.stdout(), await two.stdout(), await other.stdout()], ['one', 'two', '']);
      const exitCodes = await mapInOrder([one, two, other], ({ exports }) => exports.get_exit_code());
      assert.deepEqual(exitCodes, [8, 9, -1]);
    },
  },
];
