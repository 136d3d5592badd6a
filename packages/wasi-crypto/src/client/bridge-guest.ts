import type { Signature } from '@wasmedge-plugins/core';
import { wasiCryptoSignatures } from '../abi.js';

const valueTypes: Readonly<Record<string, number>> = { i32: 0x7f, i64: 0x7e };
const functionKind = 0;
const memoryKind = 2;

/**
 * A module that calls every function of the plug-in with the numbers it is given, and has a memory: through it the client is a guest
 * like any other, on both engines and with both providers. Exported functions cannot be the imported ones themselves, because WasmEdge
 * tells a host function which module called it, and with it which memory is meant, only when a module did.
 */
export function bridgeGuest(): Uint8Array {
  const functions = Object.entries(wasiCryptoSignatures).flatMap(([module, signatures]) =>
    Object.entries<Signature>(signatures).map(([name, signature]) => ({ module, name, signature })),
  );
  const count = functions.length;
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      functions.map(({ signature }) => functionType(signature)),
    ),
    ...section(
      2,
      functions.map(({ module, name }, index) => [
        ...text(module),
        ...text(name),
        functionKind,
        ...unsigned(index),
      ]),
    ),
    ...section(
      3,
      functions.map((_function, index) => unsigned(index)),
    ),
    ...section(5, [[0x00, ...unsigned(1)]]),
    ...section(7, [
      [...text('memory'), memoryKind, 0],
      ...functions.map(({ name }, index) => [...text(name), functionKind, ...unsigned(count + index)]),
    ]),
    ...section(
      10,
      functions.map(({ signature }, index) => forwardingBody(signature, index)),
    ),
  ]);
}

/** `(func (local.get 0) (local.get 1) ... (call $imported))`, with its size before it. */
function forwardingBody({ params }: Signature, imported: number): number[] {
  const body = [
    0x00,
    ...params.flatMap((_type, index) => [0x20, ...unsigned(index)]),
    ...[0x10, ...unsigned(imported)],
    0x0b,
  ];
  return [...unsigned(body.length), ...body];
}

function functionType({ params, results }: Signature): number[] {
  return [0x60, ...types(params), ...types(results)];
}

function types(names: readonly string[]): number[] {
  return [...unsigned(names.length), ...names.map((name) => valueTypes[name] ?? 0)];
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...unsigned(bytes.length), ...bytes];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
