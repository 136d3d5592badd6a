import { koffi } from '../koffi.js';
import type { Pointer } from '../native-functions.js';

/** Types of a C plug-in's option, in the order of WasmEdge_ProgramOptionType. */
export const optionTypes = [
  'none',
  'toggle',
  'i8',
  'i16',
  'i32',
  'i64',
  'u8',
  'u16',
  'u32',
  'u64',
  'f32',
  'f64',
  'string',
] as const;

/** One option that a C plug-in declares. */
export interface DeclaredOption {
  readonly name: string;
  readonly type: (typeof optionTypes)[number];
  /** Where the plug-in keeps the value. */
  readonly storage: Pointer;
}

const descriptorSize = 64;
const optionSize = 40;

/**
 * The options of a loaded C plug-in, read from its descriptor, or undefined for a C++ plug-in: WasmEdge asks for the C++ entry first and
 * its descriptor is no C structure.
 */
export function declaredOptions(path: string): readonly DeclaredOption[] | undefined {
  const library = koffi.load(path);
  if (hasSymbol(library, 'GetDescriptor') || !hasSymbol(library, 'WasmEdge_Plugin_GetDescriptor')) {
    return undefined;
  }
  const descriptor = Number(library.func('WasmEdge_Plugin_GetDescriptor', 'uint64_t', [])());
  const fields = new DataView(koffi.view(BigInt(descriptor), descriptorSize));
  const count = fields.getUint32(40, true);
  const options = fields.getBigUint64(56, true);
  return Array.from({ length: count }, (_, index) => readOption(options + BigInt(index * optionSize)));
}

function readOption(address: bigint): DeclaredOption {
  const fields = new DataView(koffi.view(address, optionSize));
  return {
    name: koffi.decode.string(fields.getBigUint64(0, true)),
    type: optionTypes[fields.getInt32(16, true)] ?? 'none',
    storage: Number(fields.getBigUint64(24, true)),
  };
}

function hasSymbol(library: ReturnType<typeof koffi.load>, name: string): boolean {
  try {
    library.symbol(name);
    return true;
  } catch {
    return false;
  }
}
