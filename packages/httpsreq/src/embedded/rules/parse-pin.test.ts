import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { parsePin } from './parse-pin.js';

// SHA-256 of the empty string, FIPS 180-4.
const hex = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const base64 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

it.each([hex, hex.toUpperCase(), hex.match(/../g)?.join(':') ?? '', `sha256/${base64}`, `sha256//${base64}`])(
  'reads %s',
  (text) => {
    expect(parsePin(text)).toBe(hex);
  },
);

it.each(['', 'sha256/', hex.slice(1), `sha1/${base64}`, base64, `sha256/${base64.slice(4)}`])(
  'does not take %j',
  (text) => {
    expect(() => parsePin(text)).toThrow(InvalidArgumentError);
  },
);
