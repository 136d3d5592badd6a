import type { ValueType } from '../values/value-types.js';
import type { PluginModuleDescription } from './plugin-description.js';

const typeCodes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
};

const section = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10 };
const kind = { function: 0, memory: 2 };
const encoder = new TextEncoder();

/**
 * A guest whose exports do nothing but call the functions of a module, and whose memory they see: host functions look at the memory of the
 * module that calls them.
 */
export function forwardingGuest(
  module: PluginModuleDescription,
  pages: number,
  memoryName: string,
): Uint8Array {
  const functions = module.functions.flatMap(({ name, params, results }) =>
    params === undefined || results === undefined ? [] : [{ name, params, results }],
  );
  const types = functions.map(({ params, results }) => [0x60, ...typeList(params), ...typeList(results)]);
  const imports = functions.map(({ name }, index) => [
    ...text(module.name),
    ...text(name),
    kind.function,
    ...unsigned(index),
  ]);
  const bodies = functions.map(({ params }, index) => {
    const body = [
      0,
      ...params.flatMap((_, local) => [0x20, ...unsigned(local)]),
      0x10,
      ...unsigned(index),
      0x0b,
    ];
    return [...unsigned(body.length), ...body];
  });
  const exports = [
    ...functions.map(({ name }, index) => [
      ...text(name),
      kind.function,
      ...unsigned(functions.length + index),
    ]),
    [...text(memoryName), kind.memory, 0],
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...vector(section.type, types),
    ...vector(section.import, imports),
    ...vector(
      section.function,
      functions.map((_, index) => unsigned(index)),
    ),
    ...vector(section.memory, [[0, ...unsigned(pages)]]),
    ...vector(section.export, exports),
    ...vector(section.code, bodies),
  ]);
}

function vector(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function typeList(types: readonly ValueType[]): number[] {
  return [...unsigned(types.length), ...types.map((type) => typeCodes[type])];
}

function text(value: string): number[] {
  const bytes = encoder.encode(value);
  return [...unsigned(bytes.length), ...bytes];
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}
