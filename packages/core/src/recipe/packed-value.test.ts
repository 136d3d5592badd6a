import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { CannotCrossError } from '../index.js';
import { copyOptions } from './copy-options.js';
import { isPackedValue } from './is-packed-value.js';
import { packCopy } from './pack-copy.js';
import { packValue } from './pack-value.js';
import type { PackedValue } from './packed-value.js';
import { unpackValue } from './unpack-value.js';

const place = { subject: 'anyPlugin()', path: '' };

/** As threads and processes pass values on. */
const ways: Readonly<Record<string, (value: PackedValue) => PackedValue>> = {
  postMessage: (value) => structuredClone(value),
  'IPC with advanced serialization': (value) => deserialize(serialize(value)),
};

const values = {
  primitives: [undefined, null, true, -0, Number.NaN, Number.POSITIVE_INFINITY, 2n ** 70n, 'text\0 ü 😀'],
  'a URL': new URL('https://user:word@example.org:8443/path?query#hash'),
  'a Buffer': Buffer.from('bytes'),
  bytes: new Uint8Array([1, 2, 3]).subarray(1),
  'other views': [new Float64Array([1.5, -0]), new BigInt64Array([-1n]), new Uint16Array([65535])],
  'an ArrayBuffer': Uint8Array.of(7, 8).buffer,
  'a date': new Date(86_400_000),
  'a regular expression': /a+b/gi,
  maps: new Map<unknown, unknown>([
    ['a', new URL('file:///a')],
    [1, new Map([['b', [new Uint8Array(2)]]])],
  ]),
  'a set': new Set(['x', 1n, undefined]),
  'objects and lists': { list: [{ deep: { deeper: [] } }], empty: {}, 'any name': 1, missing: undefined },
  'names that look like what packing makes': ['url', 'https://example.org', ['same', ['object', []]]],
};

describe.each(Object.entries(ways))('by %s', (_way, pass) => {
  it.each(Object.entries(values))('%s arrive as they were', (_what, value) => {
    expect(unpackValue(pass(packValue(copyOptions(value), place)))).toStrictEqual(value);
  });
});

it('an object gets no prototype from its names', () => {
  const hostile = JSON.parse('{"__proto__":{"polluted":true}}');
  const arrived = unpackValue(structuredClone(packValue(copyOptions(hostile), place))) as object;
  expect(Object.keys(arrived)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
});

it('takes the bytes of a view only, not those of the buffer behind it', () => {
  const pool = Buffer.from('secrets of others: mine');
  const packed = packValue(copyOptions([pool.subarray(19), new Uint8Array(pool.buffer, 3, 2)]), place);
  const [, entries] = packed as ['array', [string, Uint8Array][]];
  expect(entries.map(([, view]) => view.buffer.byteLength)).toEqual([4, 2]);
});

it('a copy stays what it was when the original changes', () => {
  const original = {
    list: ['git'],
    bytes: new Uint8Array([1]),
    map: new Map([['a', { b: 1 }]]),
    url: new URL('https://a.example'),
    call: () => 1,
  };
  const copy = copyOptions(original);
  expect(copy).toStrictEqual(original);
  original.list.push('rm');
  original.bytes[0] = 2;
  (original.map.get('a') as { b: number }).b = 2;
  original.url.hostname = 'b.example';
  expect(copy).toStrictEqual({
    list: ['git'],
    bytes: new Uint8Array([1]),
    map: new Map([['a', { b: 1 }]]),
    url: new URL('https://a.example'),
    call: original.call,
  });
});

it('copies bytes of a class that has a tag of its own', () => {
  class Tagged extends Uint16Array {
    override get [Symbol.toStringTag]() {
      return 'Tagged' as never;
    }
  }
  expect(copyOptions(Tagged.of(1, 2))).toStrictEqual(Uint16Array.of(1, 2));
  expect(copyOptions(new DataView(new ArrayBuffer(3)))).toStrictEqual(new DataView(new ArrayBuffer(3)));
});

it('copies what holds itself', () => {
  const ring: Record<string, unknown> = { list: [] };
  (ring.list as unknown[]).push(ring);
  const copy = copyOptions(ring);
  expect((copy.list as unknown[])[0]).toBe(copy);
  expect(copy).not.toBe(ring);
});

class Connection {}

it.each([
  [{ onRequest: () => true }, /^The option onRequest of anyPlugin\(\) is a function, .*\{ module, export \}/],
  [{ models: { digits: { load() {} } } }, /^The option models\.digits\.load of anyPlugin\(\) is a function/],
  [{ hooks: [1, () => 1] }, /^The option hooks\.1 of/],
  [{ table: new Map([['a', () => 1]]) }, /^The option table\.a of/],
  [{ set: new Set([Symbol('x')]) }, /^The option set\.0 of anyPlugin\(\) is a symbol, .* plain data/],
  [{ connection: new Connection() }, /^The option connection of .* is a Connection, .* plain data/],
  [{ later: Promise.resolve() }, /^The option later of/],
  [{ shared: new SharedArrayBuffer(1) }, /^The option shared of/],
  [() => 1, /^An argument of anyPlugin\(\) is a function/],
])('names what cannot cross: %o', (options, message) => {
  expectThrows(() => packValue(options, place), CannotCrossError, 'ERR_CANNOT_CROSS', message);
});

it('names what holds itself', () => {
  const ring: unknown[] = [];
  ring.push(ring);
  expectThrows(
    () => packValue({ ring }, place),
    CannotCrossError,
    'ERR_CANNOT_CROSS',
    /option ring\.0 .* contains itself/,
  );
});

it.each([
  ['lists', (inner: unknown) => [inner]],
  ['objects', (inner: unknown) => ({ inner })],
  ['Maps', (inner: unknown) => new Map([['key', inner]])],
])('names %s that are nested too deep, and takes those that are not', (_, next) => {
  const nested = (depth: number) => {
    let value: unknown = 1;
    for (let level = 0; level < depth; level++) value = next(value);
    return value;
  };
  for (const depth of [501, 3000, 100_000]) {
    const refused = () => packCopy(nested(depth), place);
    expectThrows(
      refused,
      CannotCrossError,
      'ERR_CANNOT_CROSS',
      depth === 501 ? /nested more than 500 deep/ : /deep/,
    );
  }
  for (const pass of Object.values(ways)) {
    const packed = pass(packCopy(nested(500), place));
    expect(isPackedValue(packed)).toBe(true);
    expect(unpackValue(packed)).toStrictEqual(nested(500));
  }
});

it.each([
  ['an ArrayBuffer', (buffer: ArrayBuffer) => buffer],
  ['bytes', (buffer: ArrayBuffer) => new Uint8Array(buffer)],
  ['a Buffer', (buffer: ArrayBuffer) => Buffer.from(buffer)],
  ['another view', (buffer: ArrayBuffer) => new DataView(buffer)],
])('names %s that was given away', (_, of) => {
  const buffer = new ArrayBuffer(8);
  const image = of(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  for (const pack of [packValue, packCopy]) {
    expectThrows(() => pack({ image }, place), CannotCrossError, 'ERR_CANNOT_CROSS', /transferred/);
  }
});

const revoked = Proxy.revocable({}, {});
revoked.revoke();

it.each([
  ['a list', new Proxy([1, 2], {}), [1, 2]],
  ['an object', new Proxy({ a: 1 }, {}), { a: 1 }],
  ['a Map', new Proxy(new Map(), {}), undefined],
  ['a date', new Proxy(new Date(), {}), undefined],
  ['a URL', new Proxy(new URL('a:b'), {}), undefined],
  ['bytes', new Proxy(Uint8Array.of(1), {}), undefined],
  ['what is gone', revoked.proxy, undefined],
])('a proxy of %s is copied, or named', (_, proxy, copy) => {
  if (copy !== undefined) expect(unpackValue(packCopy(proxy, place))).toStrictEqual(copy);
  else expectThrows(() => packCopy({ proxy }, place), CannotCrossError, 'ERR_CANNOT_CROSS');
});

it('names functions and classes, and shows no value', () => {
  const options = { passphrase: 'hidden', hook: Object.assign(() => 'hidden', { secret: 'hidden' }) };
  expect(() => packValue(options, place)).not.toThrow(/hidden/);
  expect(() => packValue(options, place)).toThrow(CannotCrossError);
});
