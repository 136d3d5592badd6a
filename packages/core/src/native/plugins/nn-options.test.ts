import { expect, it } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { expectThrows } from '../../__fixtures__/expect-error.js';
import { InvalidArgumentError, type NativeOptionValue } from '../../index.js';
import { koffi } from '../koffi.js';
import { type Library, openLibrary } from '../library.js';
import { setNnOptions } from './nn-options.js';

/** What the C function would be told: the released plug-in is written in C++, and there is none to tell it to. */
function told(options: Record<string, NativeOptionValue>): string[] | undefined {
  let strings: string[] | undefined;
  const c = {
    PluginInitWASINN(address: number, length: number) {
      const pointers = length === 0 ? [] : [...new BigUint64Array(koffi.view(BigInt(address), length * 8))];
      strings = pointers.map((pointer) => koffi.decode.string(pointer));
    },
  };
  setNnOptions({ c } as unknown as Library, options);
  return strings;
}

it('passes the models on as C strings', () => {
  const preloads = ['straße:pytorch:cpu:/models/straße.pt', '', 'b:openvino:auto:b.xml:b.bin'];
  expect(told({ 'nn-preload': preloads })).toEqual(preloads);
  expect(told({ 'nn-preload': 'a:pytorch:cpu:a.pt' })).toEqual(['a:pytorch:cpu:a.pt']);
});

it('takes those of an earlier runtime away', () => {
  expect(told({ 'nn-preload': [] })).toEqual([]);
  expect(told({})).toEqual([]);
});

it.each([
  [{ 'nn-preload': [7] }, /name:encoding:target:path/],
  [{ 'nn-preload': true }, /name:encoding:target:path/],
  [{ 'nn-preload': ['a\0b'] }, /NUL/],
  [{ 'nn-rpc-uri': 'unix:///x' }, /nn-rpc-uri .* cannot be set/],
])('refuses %j', (options, pattern) => {
  const error = expectThrows(() => told(options as never), InvalidArgumentError, 'ERR_INVALID_ARGUMENT');
  expect(error.message).toMatch(pattern);
});

forEngine('wasmedge', () => {
  it('is a function of libwasmedge, which does nothing where the plug-in is not loaded', () => {
    setNnOptions(openLibrary(undefined), { 'nn-preload': ['a:pytorch:cpu:/no/such/file'] });
  });
});
