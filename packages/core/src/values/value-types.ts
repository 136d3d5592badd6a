/** A WebAssembly value type, by its name in the text format. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref';

/** A function of a guest or of the host that can be passed through a `funcref`. */
export type FunctionReference = (...args: never[]) => unknown;

/**
 * The JavaScript type of each WebAssembly type.
 *
 * `i32` arrives signed and may be given as any integer from -2^31 to 2^32 - 1; `i64` arrives signed and may be given as
 * any bigint from -2^63 to 2^64 - 1; `v128` is an unsigned bigint of 128 bits (engine `wasmedge` only).
 */
export interface ValueOf {
  /** An integer of 32 bits; signed when it comes from a guest. */
  i32: number;
  /** An integer of 64 bits; signed when it comes from a guest. */
  i64: bigint;
  /** A float of 32 bits; a number that has no such float is rounded. */
  f32: number;
  /** A float of 64 bits. */
  f64: number;
  /** 128 bits, unsigned. Engine `wasmedge` only. */
  v128: bigint;
  /** A function of a guest or of the host; `null` for none. */
  funcref: FunctionReference | null;
  /** Any value of the host; a guest can keep it and give it back, and cannot look into it. */
  externref: unknown;
}

/** Any value that crosses between host and guest. */
export type GuestValue = ValueOf[ValueType];

/** The JavaScript arguments of a list of WebAssembly parameters. */
export type ParametersOf<Types extends readonly ValueType[]> = {
  -readonly [Index in keyof Types]: ValueOf[Types[Index]];
};

/**
 * What a function with these WebAssembly results returns in JavaScript: nothing, a value, or an array of values. `unknown` where the
 * results are not known to the compiler.
 */
export type ResultOf<Types extends readonly ValueType[]> = number extends Types['length']
  ? unknown
  : Types extends readonly []
    ? // biome-ignore lint/suspicious/noConfusingVoidType: it is a return type; undefined would refuse a function without a return.
      void
    : Types extends readonly [infer Only extends ValueType]
      ? ValueOf[Only]
      : ParametersOf<Types>;

/** A value that a function of unknown signature returns. Strings and other values of the host come from an `externref`. */
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
 * array for several results. Narrow it with `typeof` or `Array.isArray`, or take the function by `exportedFunction`, which types it.
 */
export type GuestResult = GuestResultValue | GuestResultValue[];
