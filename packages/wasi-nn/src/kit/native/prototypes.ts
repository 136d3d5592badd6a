import type { koffi } from '@wasmedge-plugins/core/native';

/** C types as koffi names them, and what they are in TypeScript. Pointers are numbers: addresses in user space fit into 47 bits. */
interface JavaScriptTypes {
  void: undefined;
  bool: boolean;
  int32_t: number;
  uint32_t: number;
  int64_t: number;
  uint64_t: number;
  size_t: number;
  float: number;
  double: number;
  str: string;
  /** Bytes that the function reads during the call. */
  'const uint8_t *': Uint8Array;
}

/** A structure that is passed by value, made by `koffi.struct` with these fields. */
export interface CStruct<Fields extends object> {
  readonly type: ReturnType<typeof koffi.struct>;
  /** Only for the compiler. */
  readonly fields?: Fields;
}

/** The type of a result or a parameter. */
export type CType = keyof JavaScriptTypes | CStruct<object>;

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

type ValueOf<Type> = Type extends keyof JavaScriptTypes
  ? JavaScriptTypes[Type]
  : Type extends CStruct<infer Fields>
    ? Fields
    : never;

type ArgumentsOf<Parameters extends readonly unknown[]> = Parameters extends readonly [
  infer First,
  ...infer Rest,
]
  ? First extends '...'
    ? (string | number)[]
    : [ValueOf<First>, ...ArgumentsOf<Rest>]
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
    | CFunction<ArgumentsOf<Table[Name][2]>, ValueOf<Table[Name][1]>>
    | (Table[Name] extends readonly [string, CType, readonly unknown[], 'optional'] ? undefined : never);
};
