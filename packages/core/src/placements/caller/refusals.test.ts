import { expect, test } from 'vitest';
import { refuseReferences } from './remote-instance.js';
import { openInput } from './streams/open-input.js';
import { openOutput } from './streams/open-output.js';

test('a value that a guest takes no such thing for is not told as a reference', () => {
  const refuse = (value: unknown, params?: readonly ('i32' | 'v128' | 'externref')[]) => () =>
    refuseReferences('add', [1, value], params);
  expect(refuse({}, ['i32', 'i32'])).toThrow(
    'Argument 2 of the export "add" is i32 and must be an integer from -2147483648 to 4294967295, not an object.',
  );
  expect(refuse(null, ['i32', 'v128'])).toThrow(
    'is v128 and must be a bigint from 0 to 2^128 - 1, not null.',
  );
  for (const params of [undefined, ['i32', 'externref'] as const]) {
    expect(refuse({}, params)).toThrow('Argument 2 of "add" is a reference (an object), which cannot go');
  }
  expect(refuse(3, ['i32', 'i32'])).not.toThrow();
});

test('streams that give or take a wrong number of bytes are named', async () => {
  await expect(openInput({ read: () => -1 })?.next()).rejects.toThrow(
    'stdin.read() must return a number of bytes from 0 to 65536, not -1.',
  );
  const target = openOutput('stderr', { write: () => undefined as never });
  expect(() => target?.write(new Uint8Array(3))).toThrow(
    'stderr.write() must return a number of bytes from 1 to 3, not undefined.',
  );
});
