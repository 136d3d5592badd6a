import { expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { readModule } from '../module-types/read-module.js';
import { GuestCodes } from './guest-codes.js';

const unchanged = { memories: undefined, tableMaxima: undefined, importNames: undefined };

/** Guests of which an engine makes their size, and notes what is released. */
function guestCodes(maxBytes: number) {
  const released: number[] = [];
  const codes = new GuestCodes<number>({
    read: (bytes) => readModule(bytes, { code: true, nesting: false }),
    release: (made) => released.push(made),
    maxBytes,
  });
  const use = (bytes: Uint8Array) => {
    const code = codes.take(bytes, false);
    code.form(unchanged, ({ byteLength }) => byteLength);
    code.letGo();
    return code;
  };
  return { codes, released, use };
}

/** A module of some size with a custom section, whose first byte tells it from others. */
const ofSize = (size: number, mark = 0) => {
  const bytes = new Uint8Array(size);
  const content = size - 11;
  bytes.set([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, (content & 0x7f) | 0x80, content >> 7, 0, mark]);
  return bytes;
};

it('knows the same bytes again, and others that came in their place', () => {
  const { use } = guestCodes(10_000);
  const bytes = ofSize(500);
  const first = use(bytes);
  expect(use(Uint8Array.from(bytes))).toBe(first);
  bytes[12] = 1;
  expect(use(bytes)).not.toBe(first);
  bytes[12] = 0;
  expect(use(bytes)).toBe(first);
});

it('keeps 32 guests that nobody holds, the latest', () => {
  const { use, released, codes } = guestCodes(1_000_000);
  for (let mark = 0; mark < 40; mark++) {
    use(ofSize(500));
    use(ofSize(501 + mark));
  }
  expect(released).toEqual(Array.from({ length: 9 }, (_, index) => 501 + index));
  codes.forgetKept();
  expect(released).toHaveLength(41);
});

it('keeps guests up to a number of bytes, and none that is larger', () => {
  const { use, released } = guestCodes(5000);
  use(ofSize(2000));
  use(ofSize(2001));
  expect(released).toEqual([]);
  use(ofSize(2002));
  expect(released).toEqual([2000]);
  use(ofSize(5001));
  expect(released).toEqual([2000, 5001]);
});

it('counts what the names of a guest take', () => {
  const { use, released } = guestCodes(5000);
  const exports = Array.from({ length: 50 }, (_, index) => `(export "${index}" (func 0))`);
  use(wat(`(module (func) ${exports.join('')})`));
  expect(released).toHaveLength(1);
});

it('leaves what somebody holds, and finds it for others', () => {
  const { codes, use, released } = guestCodes(5000);
  const held = codes.takeUnkept(ofSize(2000));
  expect(use(ofSize(2000))).toBe(held);
  codes.forgetKept();
  expect(released).toEqual([]);
  held.letGo();
  expect(released).toEqual([2000]);
});

it('keeps four forms of a guest', () => {
  const { codes, released } = guestCodes(5000);
  const code = codes.take(ofSize(100), false);
  const form = (pages: number) =>
    code.form(
      {
        ...unchanged,
        memories: [{ minimum: 1, maximum: pages, shared: false, is64: false }],
      },
      () => pages,
    );
  for (let pages = 1; pages <= 5; pages++) expect(form(pages)).toBe(pages);
  expect(released).toEqual([1]);
  expect(form(2)).toBe(2);
  expect(form(6)).toBe(6);
  expect(released).toEqual([1, 3]);
});

it('makes a form once for all who ask for it meanwhile, and anew after a failure', async () => {
  const { codes, released } = guestCodes(5000);
  const code = codes.takeUnkept(ofSize(100));
  let calls = 0;
  const make = async () => {
    if (++calls === 1) throw new Error('not this time');
    return calls;
  };
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => code.prepareForm(unchanged, make)));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(calls).toBe(2);
  expect(code.form(unchanged, () => 0)).toBe(2);
  code.letGo();
  expect(released).toEqual([2]);
});

it('copies what another thread may change, however large it is', () => {
  const { codes } = guestCodes(50);
  const shared = new Uint8Array(new SharedArrayBuffer(100));
  shared.set(ofSize(100));
  const code = codes.take(shared, false);
  shared.fill(0);
  expect(code.reading.bytes).toEqual(ofSize(100));
});
