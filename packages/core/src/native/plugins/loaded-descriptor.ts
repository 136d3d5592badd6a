import { optionTypes, type PluginOptionType } from '../../plugin-description/plugin-description.js';
import { descriptorFunctions } from '../../plugin-file/static-descriptor.js';
import { koffi } from '../koffi.js';
import { nativeFields } from '../native-bytes.js';
import type { Pointer } from '../native-functions.js';
import type { OpenedFile } from './open-plugin-file.js';

/** The descriptor of a plug-in that is in the process. */
export interface LoadedDescriptor {
  readonly kind: 'c' | 'cpp';
  readonly address: Pointer;
  readonly name: string;
  readonly description: string;
  readonly apiVersion: number;
  /** Four numbers with points between them. */
  readonly version: string;
}

/** One option that a C plug-in declares. */
export interface DeclaredOption {
  readonly name: string;
  readonly description: string;
  readonly type: PluginOptionType;
  /** Where the plug-in keeps the value. */
  readonly storage: Pointer;
  /** Where the default is; 0 where there is none. */
  readonly defaultValue: Pointer;
}

const commonSize = 36;
const descriptorSize = 64;
const optionSize = 40;

/** Descriptors in the order in which WasmEdge asks for them. Both kinds begin with the same fields. */
export function readDescriptors(file: OpenedFile): readonly LoadedDescriptor[] {
  return (['cpp', 'c'] as const).flatMap((kind) => {
    const name = descriptorFunctions[kind];
    if (!hasSymbol(file, name)) {
      return [];
    }
    const address = Number(file.func(name, 'uint64_t', [])());
    return address === 0 ? [] : [readDescriptor(kind, address)];
  });
}

/** The options of a loaded C plug-in; those of a C++ plug-in are no C structures. */
export function declaredOptions({ kind, address }: LoadedDescriptor): readonly DeclaredOption[] | undefined {
  if (kind === 'cpp') {
    return undefined;
  }
  const fields = nativeFields(address, descriptorSize);
  const count = fields.getUint32(40, true);
  const options = fields.getBigUint64(56, true);
  return Array.from({ length: count }, (_, index) => readOption(options + BigInt(index * optionSize)));
}

function readDescriptor(kind: 'c' | 'cpp', address: Pointer): LoadedDescriptor {
  const fields = nativeFields(address, commonSize);
  return {
    kind,
    address,
    name: textAt(fields.getBigUint64(0, true)),
    description: textAt(fields.getBigUint64(8, true)),
    apiVersion: fields.getUint32(16, true),
    version: [20, 24, 28, 32].map((field) => fields.getUint32(field, true)).join('.'),
  };
}

function readOption(address: bigint): DeclaredOption {
  const fields = nativeFields(address, optionSize);
  return {
    name: textAt(fields.getBigUint64(0, true)),
    description: textAt(fields.getBigUint64(8, true)),
    type: optionTypes[fields.getInt32(16, true)] ?? 'none',
    storage: Number(fields.getBigUint64(24, true)),
    defaultValue: Number(fields.getBigUint64(32, true)),
  };
}

function textAt(address: bigint): string {
  return address === 0n ? '' : koffi.decode.string(address);
}

function hasSymbol(file: OpenedFile, name: string): boolean {
  try {
    file.symbol(name);
    return true;
  } catch {
    return false;
  }
}
