import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { callScript, command, shell } from '../drive/call-script.js';

const rules = { allowCommands: ['sh', 'cat', 'true'] };

/** What goes into a command and comes out of it. */
export const streamCases: readonly ConformanceCase[] = [
  {
    name: 'stdout and stderr are kept apart',
    source: 'POSIX: echo and >&2',
    detects: ['merged-output'],
    async run(context) {
      const calls = [
        ...shell('echo out; echo err >&2; echo out'),
        'run',
        'stdout',
        'stderr',
        'stdout-length',
      ];
      const answers = await callScript(context, rules, calls);
      assert.deepEqual(answers.texts('stdout'), ['out\nout\n']);
      assert.deepEqual(answers.texts('stderr'), ['err\n']);
      assert.deepEqual(answers.numbers('stdout-length'), [8]);
    },
  },
  {
    name: 'every byte passes through stdin and stdout',
    source: 'POSIX: cat copies its input',
    async run(context) {
      const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const calls = [...command('cat'), 'stdin', `hex:${all.toString('hex')}`, 'run', 'stdout'];
      const answers = await callScript(context, rules, calls);
      assert.deepEqual(answers.bytes('stdout'), [all]);
    },
  },
  {
    name: 'stdin that is added in pieces arrives in one piece, and ends',
    source: 'POSIX: cat copies its input until its end',
    async run(context) {
      const calls = [...command('cat'), 'stdin', 'one ', 'stdin', '', 'stdin', 'two', 'run', 'stdout'];
      assert.deepEqual((await callScript(context, rules, calls)).texts('stdout'), ['one two']);
    },
  },
  {
    name: 'a command without stdin reads its end at once',
    source: 'measured: WasmEdge 0.14.1 closes the pipe before it waits',
    async run(context) {
      const answers = await callScript(context, rules, [...command('cat'), 'run', 'stdout-length']);
      assert.deepEqual([answers.numbers('run'), answers.numbers('stdout-length')], [[0], [0]]);
    },
  },
  {
    name: 'a command that writes while it reads gets all of a large stdin',
    source: 'POSIX: cat copies its input',
    upstreamDiffers: 'it writes all of stdin before it reads, and blocks for ever when the pipes are full',
    detects: ['stdin-deadlock'],
    async run(context) {
      const calls = [
        ...command('cat'),
        'fill-stdin',
        '1000000',
        'timeout',
        '30000',
        'run',
        'stdout-is-filled',
      ];
      const answers = await callScript(context, rules, calls);
      assert.deepEqual(answers.numbers('run'), [0]);
      assert.equal(answers.stdoutIsFilled, true);
    },
  },
  {
    name: 'a command need not read its stdin',
    source: 'POSIX: true exits with 0 and reads nothing',
    upstreamDiffers: 'SIGPIPE ends the host',
    detects: ['unread-stdin-is-fatal'],
    async run(context) {
      const calls = [
        ...command('true'),
        'fill-stdin',
        '1000000',
        'run',
        ...shell('echo after'),
        'run',
        'stdout',
      ];
      const answers = await callScript(context, rules, calls);
      assert.deepEqual(answers.numbers('run'), [0, 0]);
      assert.deepEqual(answers.texts('stdout'), ['after\n']);
    },
  },
  {
    name: 'much output to both streams at once is all there',
    source: 'POSIX: head -c n writes n bytes',
    async run(context) {
      const script = 'head -c 1000000 /dev/zero >&2 & head -c 2000000 /dev/zero; wait';
      const calls = [...shell(script), 'timeout', '30000', 'run', 'stdout-length', 'stderr-length'];
      const answers = await callScript(context, rules, calls);
      assert.deepEqual(answers.numbers('run'), [0]);
      assert.deepEqual(
        [answers.numbers('stdout-length'), answers.numbers('stderr-length')],
        [[2_000_000], [1_000_000]],
      );
    },
  },
  {
    name: 'a process that outlives the command and holds its pipes does not delay the answer',
    source: 'POSIX: a background process of sh -c outlives it',
    upstreamDiffers: 'it reads until every holder of the pipes has closed them',
    detects: ['waits-for-survivors'],
    async run(context) {
      const answers = await callScript(context, rules, [...shell('sleep 4 & echo hi'), 'run', 'stdout']);
      assert.deepEqual(answers.texts('stdout'), ['hi\n']);
      const [tookMs = 0] = answers.numbers('took');
      assert.ok(tookMs < 3000, `it took ${tookMs} ms`);
    },
  },
  {
    name: 'a command has the descriptors 0, 1 and 2 and no other',
    source: 'POSIX: redirecting from a closed descriptor fails',
    upstreamDiffers: 'descriptors of the host that are not marked close-on-exec are inherited',
    detects: ['leaks-descriptors'],
    async run(context) {
      const script = 'for n in 3 4 5 6 7 8 9; do if (: <&$n) 2>/dev/null; then echo $n; fi; done';
      const answers = await callScript(context, rules, [...shell(script), 'run', 'stdout']);
      assert.deepEqual(answers.texts('stdout'), ['']);
    },
  },
];
