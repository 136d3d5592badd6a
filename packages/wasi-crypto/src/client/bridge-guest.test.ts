import { type ExternalType, formatSignature, readModuleTypes } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { wasiCryptoSignatures } from '../abi.js';
import { bridgeGuest } from './bridge-guest.js';

function describeType(type: ExternalType): string {
  return type.kind === 'function' && type.signature !== undefined
    ? formatSignature(type.signature)
    : type.kind;
}

it('is a module that imports and exports every function', () => {
  const bytes = bridgeGuest();
  expect(WebAssembly.validate(bytes as BufferSource)).toBe(true);
  const functions = Object.entries(wasiCryptoSignatures).flatMap(([module, signatures]) =>
    Object.entries(signatures).map(([name, signature]) => ({
      module,
      name,
      type: formatSignature(signature),
    })),
  );
  const { imports, exports } = readModuleTypes(bytes);
  expect(imports.map(({ module, name, type }) => ({ module, name, type: describeType(type) }))).toEqual(
    functions,
  );
  expect(exports.map(({ name, type }) => ({ name, type: describeType(type) }))).toEqual([
    { name: 'memory', type: 'memory' },
    ...functions.map(({ name, type }) => ({ name, type })),
  ]);
});
