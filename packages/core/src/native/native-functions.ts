import { koffi } from './koffi.js';
import type { CType, FunctionName, PrototypeTable, prototypes014 } from './prototypes/prototype-table.js';

/** A pointer as a number: addresses in user space fit into 47 bits. */
export type Pointer = number;

/** WasmEdge_String as koffi passes it by value. */
export interface CString {
  readonly Length: number;
  readonly Buf: Pointer;
}

/** WasmEdge_Value as koffi passes it by value: 128 bits of payload, the type, padding. */
export interface CValue {
  readonly low: bigint | number;
  readonly high: bigint | number;
  readonly type: bigint | number;
  readonly padding: number;
}

interface JavaScriptTypes {
  void: undefined;
  bool: boolean;
  int32_t: number;
  uint32_t: number;
  uint64_t: number | bigint;
  str: string;
  bytes: Uint8Array;
  String: CString;
  Value: CValue;
}

type Arguments<Types extends readonly CType[]> = {
  -readonly [Index in keyof Types]: JavaScriptTypes[Types[Index]];
};

/** The C functions as TypeScript calls them. */
export type NativeFunctions = {
  readonly [Name in FunctionName]: (
    ...args: Arguments<(typeof prototypes014)[Name][1]>
  ) => JavaScriptTypes[(typeof prototypes014)[Name][0]];
};

const CStringType = koffi.struct({ Length: 'uint32_t', Buf: 'uint64_t' });
const CValueType = koffi.struct({ low: 'uint64_t', high: 'uint64_t', type: 'uint64_t', padding: 'uint64_t' });

/** Binds every function of the table in a loaded library. */
export function bindFunctions(
  library: ReturnType<typeof koffi.load>,
  prototypes: PrototypeTable,
): NativeFunctions {
  const type = (name: CType) =>
    name === 'String'
      ? CStringType
      : name === 'Value'
        ? CValueType
        : name === 'bytes'
          ? 'const uint8_t *'
          : name;
  const bound = Object.entries(prototypes).map(([name, [result, parameters]]) => [
    name,
    library.func(`WasmEdge_${name}`, type(result), parameters.map(type)),
  ]);
  return Object.fromEntries(bound) as NativeFunctions;
}
