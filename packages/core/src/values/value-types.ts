/** A WebAssembly value type, by its name in the text format. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref';

/** A function of a guest or of the host that can be passed through a `funcref`. */
export type FunctionReference = (...args: never[]) => unknown;

/**
 * The JavaScript type of each WebAssembly type.
 *
 * `i32` arrives signed and may be given as any integer from -2^31 to 2^32 - 1; `i64` arrives signed and may be given as
 * any bigint from -2^63 to 2^64 - 1; `v128` is an unsigned 128-bit bigint (engine `wasmedge` only).
 */
export interface ValueOf {
  /** A 32-bit integer; signed when it comes from a guest. */
  i32: number;
  /** A 64-bit integer; signed when it comes from a guest. */
  i64: bigint;
  /** A 32-bit float; a number that does not fit exactly is rounded. */
  f32: number;
  /** A 64-bit float. */
  f64: number;
  /** 128 bits, unsigned. Engine `wasmedge` only. */
  v128: bigint;
  /** A function of a guest or of the host; `null` for none. */
  funcref: FunctionReference | null;
  /** Any host value; a guest can keep it and pass it back, but cannot look into it. */
  externref: unknown;
}

/** Any value that crosses between host and guest. */
export type GuestValue = ValueOf[ValueType];

/** The JavaScript arguments of a list of WebAssembly parameters. */
export type ParametersOf<Types extends readonly ValueType[]> = {
  -readonly [Index in keyof Types]: ValueOf[Types[Index]];
};

/**
 * What a function with these WebAssembly results returns in JavaScript: nothing, a value, or an array of values. `unknown` if the
 * compiler does not know the results.
 */
export type ResultOf<Types extends readonly ValueType[]> = number extends Types['length']
  ? unknown
  : Types extends readonly []
    ? // biome-ignore lint/suspicious/noConfusingVoidType: it is a return type; undefined would refuse a function without a return.
      void
    : Types extends readonly [infer Only extends ValueType]
      ? ValueOf[Only]
      : ParametersOf<Types>;

/**
 * {@link ResultOf} for a function that nobody waits for: one without results may return anything, as always in TypeScript, but no promise.
 */
export type ResultAtOnce<Types extends readonly ValueType[]> = Types extends readonly []
  ? // biome-ignore lint/suspicious/noConfusingVoidType: it is a return type; undefined would refuse a function without a return.
      | void
      | string
      | number
      | bigint
      | boolean
      | symbol
      | null
      | undefined
      | (object & Partial<Record<'then', never>>)
  : ResultOf<Types>;

/** A value that a function of unknown signature returns. Strings and other host values come from an `externref`. */
export type GuestResultValue =
  | number
  | bigint
  | FunctionReference
  | string
  | boolean
  | symbol
  | object
  | null
  | undefined;

/**
 * What an exported function of unknown signature returns: a number or bigint in most cases, `undefined` for a function without results, an
 * array for several results. Narrow it with `typeof` or `Array.isArray`, or get the function from `exportedFunction`, which types it.
 */
export type GuestResult = GuestResultValue | GuestResultValue[];
