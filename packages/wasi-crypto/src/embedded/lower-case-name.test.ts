import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { lowerCaseName } from './lower-case-name.js';

// More names than places, asked for twice, so that some lie where others were. The expected text is Buffer's.
const names = Array.from({ length: 300 }, (_, index) => `Name-${index}`).flatMap((name) => [
  name,
  `${name}\0`,
]);

it('gives each name as text, whatever was asked for before', () => {
  for (const name of [...names, '', 'SHA-256', 'sha-256', ...names.reverse()]) {
    expect(lowerCaseName(Buffer.from(name))).toBe(Buffer.from(name).toString('latin1').toLowerCase());
  }
});

it('keeps a copy: bytes that change afterwards are another name', () => {
  const bytes = Uint8Array.from(Buffer.from('AES-128-GCM'));
  expect(lowerCaseName(bytes)).toBe('aes-128-gcm');
  bytes[4] = 0x32;
  expect(lowerCaseName(bytes)).toBe('aes-228-gcm');
  bytes[4] = 0x31;
  expect(lowerCaseName(bytes)).toBe('aes-128-gcm');
});

it('reads shared memory, and what is no UTF-8 as the Encoding standard says', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  shared.set([0x41, 0xff, 0x42]);
  expect(lowerCaseName(shared)).toBe('a\ufffdb');
});
