import type { koffi } from '@wasmedge-plugins/core/native';

/** C types as koffi names them, and what they are in TypeScript. Pointers are numbers: addresses in user space fit into 47 bits. */
export interface CTypes {
  /** No value. */
  void: undefined;
  /** A truth value. */
  bool: boolean;
  /** A signed integer of 32 bits. */
  int32_t: number;
  /** An unsigned integer of 32 bits. */
  uint32_t: number;
  /** A signed integer of 64 bits, up to 2^53. */
  int64_t: number;
  /** An unsigned integer of 64 bits, up to 2^53; a pointer. */
  uint64_t: number;
  /** A size in bytes, or a number of elements. */
  size_t: number;
  /** A float of 32 bits. */
  float: number;
  /** A float of 64 bits. */
  double: number;
  /** A text in UTF-8 that ends with a zero byte. */
  str: string;
  /** Bytes that the function reads during the call. */
  'const uint8_t *': Uint8Array;
}

/** A structure that is passed by value, made by `koffi.struct` with these fields. */
export interface CStruct<Fields extends object> {
  /** The structure as koffi knows it. */
  readonly type: ReturnType<typeof koffi.struct>;
  /** There at compile time only. Default: it is always absent. */
  readonly fields?: Fields;
}

/** The type of a result or a parameter. */
export type CType = keyof CTypes | CStruct<object>;

/** How a pointer is written in a table. */
export const pointer = 'uint64_t';

/**
 * A function of a C library: its name, its result, its parameters; `...` at their end for a function that takes any number more, which are
 * given as type and value in turn. `optional` for one that some releases of the library do not have.
 */
export type Prototype = readonly [
  name: string,
  result: CType,
  parameters: readonly (CType | '...')[],
  presence?: 'optional',
];

/** The functions of a library that are used, by the names that the code has for them. */
export type Prototypes = Readonly<Record<string, Prototype>>;

/** What a C type is in TypeScript. */
export type CValueOf<Type> = Type extends keyof CTypes
  ? CTypes[Type]
  : Type extends CStruct<infer Fields>
    ? Fields
    : never;

/** What the parameters of a function are in TypeScript. */
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
