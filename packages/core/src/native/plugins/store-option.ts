import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { NativeOptionValue } from '../../plugin/plugin.js';
import { NativeArea } from '../native-area.js';
import { nativeFields } from '../native-bytes.js';
import type { DeclaredOption } from './loaded-descriptor.js';

const encoder = new TextEncoder();

// The plug-in reads its strings whenever it likes, so they are never freed; each text is kept once.
const texts = new Map<string, { readonly area: NativeArea; readonly byteLength: number }>();

/** Writes a value into a field of the size of its option. */
type Writer = (view: DataView, option: DeclaredOption, value: NativeOptionValue) => void;

const writers: Partial<Record<DeclaredOption['type'], { readonly size: number; readonly write: Writer }>> = {
  toggle: { size: 1, write: (view, option, value) => view.setUint8(0, toggle(option, value)) },
  i8: { size: 1, write: (view, option, value) => view.setInt8(0, integer(option, value, -0x80, 0x7f)) },
  i16: {
    size: 2,
    write: (view, option, value) => view.setInt16(0, integer(option, value, -0x8000, 0x7fff), true),
  },
  i32: {
    size: 4,
    write: (view, option, value) => view.setInt32(0, integer(option, value, -(2 ** 31), 2 ** 31 - 1), true),
  },
  i64: {
    size: 8,
    write: (view, option, value) =>
      view.setBigInt64(0, wide(option, value, -(2n ** 63n), 2n ** 63n - 1n), true),
  },
  u8: { size: 1, write: (view, option, value) => view.setUint8(0, integer(option, value, 0, 0xff)) },
  u16: {
    size: 2,
    write: (view, option, value) => view.setUint16(0, integer(option, value, 0, 0xffff), true),
  },
  u32: {
    size: 4,
    write: (view, option, value) => view.setUint32(0, integer(option, value, 0, 2 ** 32 - 1), true),
  },
  u64: {
    size: 8,
    write: (view, option, value) => view.setBigUint64(0, wide(option, value, 0n, 2n ** 64n - 1n), true),
  },
  f32: { size: 4, write: (view, option, value) => view.setFloat32(0, float(option, value), true) },
  f64: { size: 8, write: (view, option, value) => view.setFloat64(0, float(option, value), true) },
  string: { size: 16, write: writeText },
};

/** Writes a value where a C plug-in keeps it. A list is written into a string option with a comma between its entries. */
export function storeOption(option: DeclaredOption, value: NativeOptionValue): void {
  const writer = writers[option.type];
  if (writer === undefined) {
    throw new InvalidArgumentError(`The option ${option.name} of the native plug-in takes no value.`);
  }
  writer.write(nativeFields(option.storage, writer.size), option, value);
}

function writeText(view: DataView, option: DeclaredOption, value: NativeOptionValue): void {
  if (typeof value !== 'string' && !isTextList(value)) {
    refuse(option, 'a string or a list of strings');
  }
  const { area, byteLength } = keepText(Array.isArray(value) ? value.join(',') : (value as string));
  view.setUint32(0, byteLength, true);
  view.setBigUint64(8, BigInt(area.address), true);
}

function isTextList(value: NativeOptionValue): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function toggle(option: DeclaredOption, value: NativeOptionValue): number {
  return typeof value === 'boolean' ? Number(value) : refuse(option, 'a boolean');
}

function float(option: DeclaredOption, value: NativeOptionValue): number {
  return typeof value === 'number' ? value : refuse(option, 'a number');
}

function integer(option: DeclaredOption, value: NativeOptionValue, least: number, most: number): number {
  const holds = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  return holds ? (value as number) : refuse(option, `an integer from ${least} to ${most}`);
}

function wide(option: DeclaredOption, value: NativeOptionValue, least: bigint, most: bigint): bigint {
  const number =
    typeof value === 'bigint' || Number.isSafeInteger(value) ? BigInt(value as bigint) : undefined;
  return number !== undefined && number >= least && number <= most
    ? number
    : refuse(option, `an integer or bigint from ${least} to ${most}`);
}

function refuse(option: DeclaredOption, wanted: string): never {
  throw new InvalidArgumentError(
    `The option ${option.name} of the native plug-in is ${option.type} and takes ${wanted}.`,
  );
}

function keepText(text: string) {
  let kept = texts.get(text);
  if (kept === undefined) {
    const bytes = encoder.encode(text);
    kept = { area: new NativeArea(bytes.byteLength + 1), byteLength: bytes.byteLength };
    kept.area.u8.set(bytes);
    texts.set(text, kept);
  }
  return kept;
}
