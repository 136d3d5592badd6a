import type { ValueType } from '../values/value-types.js';
import { encodeNumber } from './rewrite-section.js';
import { sectionId } from './sections.js';

const typeCodes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
};

/** The codes of what is exported. */
export const externalCode = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** The byte that ends an expression. */
export const end = 0x0b;

const encoder = new TextEncoder();

/** A module of these sections, each a list of entries; sections without entries are left out. */
export function encodeModule(
  sections: readonly (readonly [name: keyof typeof sectionId, entries: readonly (readonly number[])[]])[],
): Uint8Array {
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...sections.flatMap(([name, entries]) => {
      if (entries.length === 0) return [];
      const content = [...encodeNumber(entries.length), ...entries.flat()];
      return [sectionId[name], ...encodeNumber(content.length), ...content];
    }),
  ]);
}

export function encodeType(type: ValueType): number {
  return typeCodes[type];
}

export function encodeFunctionType(params: readonly ValueType[], results: readonly ValueType[]): number[] {
  return [0x60, ...encodeTypes(params), ...encodeTypes(results)];
}

export function encodeText(value: string): number[] {
  const bytes = encoder.encode(value);
  return [...encodeNumber(bytes.length), ...bytes];
}

/** The limits of a memory or table with 32-bit indices. */
export function encodeLimits({
  minimum,
  maximum,
}: {
  readonly minimum: number;
  readonly maximum?: number | undefined;
}): number[] {
  return maximum === undefined
    ? [0, ...encodeNumber(minimum)]
    : [1, ...encodeNumber(minimum), ...encodeNumber(maximum)];
}

function encodeTypes(types: readonly ValueType[]): number[] {
  return [...encodeNumber(types.length), ...types.map(encodeType)];
}
