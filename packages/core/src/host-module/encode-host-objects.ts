import {
  encodeFunctionType,
  encodeLimits,
  encodeModule,
  encodeText,
  encodeType,
  end,
  externalCode,
} from '../module-types/encode-module.js';
import { encodeNumber } from '../module-types/rewrite-section.js';
import type { HostGlobal } from './host-global.js';
import type { HostMemory } from './host-memory.js';
import type { HostObject, HostObjects } from './host-object.js';
import type { HostTable } from './host-table.js';
import type { HostTag } from './host-tag.js';

const instruction = {
  i32: 0x41,
  i64: 0x42,
  f32: 0x43,
  f64: 0x44,
  v128: [0xfd, 0x0c],
  null: 0xd0,
} as const;

/**
 * A module that defines these objects and exports them: an engine makes, bounds and compares them as those of a guest. What has several
 * names is one object. A mutable `externref` starts as null in it.
 */
export function encodeHostObjects(objects: HostObjects): Uint8Array {
  const named = Object.entries(objects);
  const distinct = [...new Set(Object.values(objects))];
  const of = <Kind extends HostObject['kind']>(kind: Kind) =>
    distinct.filter((object): object is Extract<HostObject, { kind: Kind }> => object.kind === kind);
  const tags: readonly HostTag[] = of('tag');
  const tables: readonly HostTable[] = of('table');
  const memories: readonly HostMemory[] = of('memory');
  const globals: readonly HostGlobal[] = of('global');
  const indices = new Map<HostObject, number>(
    [tags, tables, memories, globals].flatMap((space) => space.map((object, index) => [object, index])),
  );
  return encodeModule([
    ['type', tags.map(({ params }) => encodeFunctionType(params, []))],
    ['table', tables.map((table) => [encodeType(table.type), ...encodeLimits(table)])],
    ['memory', memories.map(encodeLimits)],
    ['tag', tags.map((_, index) => [0, ...encodeNumber(index)])],
    ['global', globals.map(encodeGlobal)],
    [
      'export',
      named.map(([name, object]) => [
        ...encodeText(name),
        externalCode[object.kind],
        ...encodeNumber(indices.get(object) as number),
      ]),
    ],
  ]);
}

function encodeGlobal(global: HostGlobal): number[] {
  return [encodeType(global.type), global.mutable ? 1 : 0, ...encodeValue(global), end];
}

function encodeValue({ type, value }: HostGlobal): number[] {
  switch (type) {
    case 'i32':
      return [instruction.i32, ...encodeSigned(BigInt.asIntN(32, BigInt(value as number)))];
    case 'i64':
      return [instruction.i64, ...encodeSigned(BigInt.asIntN(64, value as bigint))];
    case 'f32':
      return [instruction.f32, ...new Uint8Array(Float32Array.of(value as number).buffer)];
    case 'f64':
      return [instruction.f64, ...new Uint8Array(Float64Array.of(value as number).buffer)];
    case 'v128': {
      const halves = [value as bigint, (value as bigint) >> 64n];
      return [...instruction.v128, ...new Uint8Array(BigUint64Array.from(halves).buffer)];
    }
    case 'funcref':
    case 'externref':
      return [instruction.null, encodeType(type)];
  }
}

/** Signed LEB128. */
function encodeSigned(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -64n || rest > 63n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest & 0x7fn));
  return bytes;
}
