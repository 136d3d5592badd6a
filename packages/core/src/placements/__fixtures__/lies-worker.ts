import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { serialize } from 'node:v8';
import { workerUrl } from '../../helpers/worker-url.js';
import { hostFunction, hostModule } from '../../index.js';
import { processDescriptors } from '../protocol/process-descriptors.js';

const { requests, lane } = processDescriptors;

function frame(head: Uint8Array, { headLength = head.byteLength, bytesLength = 0 } = {}): Uint8Array {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(headLength, 0);
  header.writeUInt32LE(bytesLength, 4);
  return Buffer.concat([header, head]);
}

const message = (value: unknown) => frame(serialize(value));

/** A list without entries that says it has four thousand millions. */
const endless: unknown[] = [];
endless.length = 2 ** 32 - 1;

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level++) value = ['array', [value]];
  return value;
}

/** What was there before is in what comes next twice. */
function doubled(depth: number, next: (inner: unknown) => unknown, first: unknown): unknown {
  let value = first;
  for (let level = 0; level < depth; level++) value = next(value);
  return value;
}

const text = { kind: 'value', value: 'x' };
const error = (properties: object) => ({
  kind: 'error',
  name: 'Error',
  classes: [],
  message: 'x',
  stack: undefined,
  ours: true,
  properties: [],
  ...properties,
});
const question = (number: number) => ({
  kind: 'question',
  number,
  question: { kind: 'input', stream: 9, waitMs: 0 },
});

/** A call of a function that stays with the caller and takes an i32 and an i64: an honest one, but for what is given. */
export const calls = (parts: object): readonly [descriptor: number, bytes: Uint8Array] => [
  lane,
  message({
    kind: 'question',
    number: 1,
    question: {
      kind: 'callerFunction',
      function: 0,
      args: [1, 2n],
      hasMemory: true,
      instance: 1,
      gone: [],
      ...parts,
    },
  }),
];

/** What a process could send that its guest has taken over, by the name of the lie. */
export const lies: Readonly<Record<string, readonly [descriptor: number, bytes: Uint8Array]>> = {
  nonsense: [requests, Buffer.from('no frame at all, of no process')],
  'a long head': [requests, frame(new Uint8Array(8), { headLength: 0xffff_fffe })],
  'long bytes': [requests, frame(serialize({ kind: 'answer' }), { bytesLength: 0xffff_fffe })],
  'long bytes on the lane': [lane, frame(serialize({ kind: 'output', stream: 1 }), { bytesLength: 2 ** 21 })],
  'a head that is a number': [requests, message(7)],
  'no kind': [requests, message({ value: 1 })],
  'another kind': [requests, message({ kind: '__proto__' })],
  'another kind on the lane': [lane, message({ kind: 'request' })],
  'bytes in the head': [requests, message({ kind: 'answer', value: 1, bytes: 'text' })],
  'bytes in a file that has none': [requests, message({ kind: 'answer', value: 1, storedBytes: 2 ** 40 })],
  'a negative number of bytes': [requests, message({ kind: 'answer', value: 1, storedBytes: -1 })],
  'a list without end': [requests, message({ kind: 'answer', value: endless })],
  'nesting without end': [requests, message({ kind: 'answer', value: nested(1000) })],
  'a text as a number': [requests, message({ kind: 'answer', value: '1' })],
  'an object as a number': [
    requests,
    message(JSON.parse('{"kind":"answer","value":{"__proto__":{"polluted":1}}}')),
  ],
  'a wide number as a number': [requests, message({ kind: 'answer', value: 1n })],
  'nothing as a number': [requests, message({ kind: 'answer', value: undefined })],
  'two answers': [
    requests,
    Buffer.concat([message({ kind: 'answer', value: 1 }), message({ kind: 'answer', value: 1 })]),
  ],
  'an error without a message': [
    requests,
    message({ kind: 'error', error: error({ message: { toString: 1 } }) }),
  ],
  'an error of endless lists': [
    requests,
    message({
      kind: 'error',
      error: doubled(60, (inner) => ({ kind: 'list', items: [inner, inner] }), text),
    }),
  ],
  'an error in itself': [
    requests,
    message({
      kind: 'error',
      error: doubled(
        60,
        (value) =>
          error({
            properties: [
              { key: 'a', value },
              { key: 'b', value },
            ],
          }),
        text,
      ),
    }),
  ],
  'a log line that is a list': [requests, message({ kind: 'log', level: 'warn', message: ['x'] })],
  'a traced call of nothing': [requests, message({ kind: 'trace', event: { module: 'x' } })],
  'code for no guest': [requests, message({ kind: 'wantsCode', number: 1, form: 'plain', label: 'x' })],
  'more output than may come': [
    lane,
    Buffer.concat(
      Array.from({ length: 9 }, () => {
        const head = serialize({ kind: 'output', stream: 1 });
        return Buffer.concat([frame(head, { bytesLength: 65537 }), Buffer.alloc(65536)]);
      }),
    ),
  ],
  'questions that do not wait': [lane, Buffer.concat([message(question(1)), message(question(2))])],
  'a question of nothing': [lane, message({ kind: 'question', number: 1 })],
  'a call of no function': calls({ function: 1 }),
  'a call of a function by a text': calls({ function: 'length' }),
  'a call without arguments': calls({ args: undefined }),
  'a call with too few arguments': calls({ args: [1] }),
  'a call with too many arguments': calls({ args: [1, 2n, 3] }),
  'a call with a text as a number': calls({ args: ['1', 2n] }),
  'a call with a wide number as a number': calls({ args: [1n, 2n] }),
  'a call with a fraction as an integer': calls({ args: [0.5, 2n] }),
  'a call with a number that is too wide': calls({ args: [1, 2n ** 64n] }),
  'a call with an object as a number': calls({ args: [1, { valueOf: 2 }] }),
  'a call by an instance that is a text': calls({ instance: 'x' }),
  'a call that says of instances by a number that they are gone': calls({ gone: 7 }),
  'a call that says by a text whether there is memory': calls({ hasMemory: 'yes' }),
};

const names = Object.keys(lies);

/** A host module whose functions send forged messages. */
export const lying = hostModule(
  'lying',
  {
    tell: hostFunction(['i32'], [], (_, index) => {
      const [descriptor, bytes] = lies[names[index] as string] as (typeof lies)[string];
      for (let done = 0; done < bytes.byteLength; ) {
        try {
          done += writeSync(descriptor, bytes, done);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
        }
      }
      // What is not noticed is no end.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    }),
    // Its child has the sockets, and so they do not close.
    leave: hostFunction([], [], () => {
      spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'], {
        stdio: ['ignore', 'ignore', 'ignore', requests, lane],
        detached: true,
      }).unref();
      process.exit(3);
    }),
  },
  { exportedAs: { module: workerUrl('lies-worker') as URL, export: 'lying' } },
);
