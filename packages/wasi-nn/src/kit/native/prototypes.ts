import type { koffi } from '@wasmedge-plugins/core/native';

/** C types as koffi names them, and their TypeScript types. Pointers are numbers: addresses in user space fit into 47 bits. */
export interface CTypes {
  /** No value. */
  void: undefined;
  /** A boolean. */
  bool: boolean;
  /** A signed 32-bit integer. */
  int32_t: number;
  /** An unsigned 32-bit integer. */
  uint32_t: number;
  /** A signed 64-bit integer, up to 2^53. */
  int64_t: number;
  /** An unsigned 64-bit integer, up to 2^53; a pointer. */
  uint64_t: number;
  /** A size in bytes, or a number of elements. */
  size_t: number;
  /** A 32-bit float. */
  float: number;
  /** A 64-bit float. */
  double: number;
  /** UTF-8 text that ends with a zero byte. */
  str: string;
  /** Bytes that the function reads during the call. */
  'const uint8_t *': Uint8Array;
}

/** A structure that is passed by value, made by `koffi.struct` with these fields. */
export interface CStruct<Fields extends object> {
  /** The structure as koffi knows it. */
  readonly type: ReturnType<typeof koffi.struct>;
  /** For the compiler only. Default: it is always absent. */
  readonly fields?: Fields;
}

/** The type of a result or a parameter. */
export type CType = keyof CTypes | CStruct<object>;

/** How a pointer is written in a table. */
export const pointer = 'uint64_t';

/**
 * A function of a C library: its name, its result, its parameters; `...` at the end for a variadic function, whose further arguments are
 * given as type and value in turn. `optional` for a function that some releases of the library lack.
 */
export type Prototype = readonly [
  name: string,
  result: CType,
  parameters: readonly (CType | '...')[],
  presence?: 'optional',
];

/** The functions of a library that are used, by their names in the code. */
export type Prototypes = Readonly<Record<string, Prototype>>;

/** The TypeScript type of a C type. */
export type CValueOf<Type> = Type extends keyof CTypes
  ? CTypes[Type]
  : Type extends CStruct<infer Fields>
    ? Fields
    : never;

/** The TypeScript types of a function's parameters. */
export type CArgumentsOf<Parameters extends readonly unknown[]> = Parameters extends readonly [
  infer First,
  ...infer Rest,
]
  ? First extends '...'
    ? (string | number)[]
    : [CValueOf<First>, ...CArgumentsOf<Rest>]
  : [];

/** A C function as TypeScript calls it. */
export interface CFunction<Arguments extends readonly unknown[], Result> {
  (...args: Arguments): Result;
  /** Calls it on another thread; see {@link callOffThread}. */
  async(...args: [...Arguments, (error: Error | null, result: Result) => void]): void;
}

/** The functions of a table as TypeScript calls them. */
export type FunctionsOf<Table extends Prototypes> = {
  readonly [Name in keyof Table]:
    | CFunction<CArgumentsOf<Table[Name][2]>, CValueOf<Table[Name][1]>>
    | (Table[Name] extends readonly [string, CType, readonly unknown[], 'optional'] ? undefined : never);
};
