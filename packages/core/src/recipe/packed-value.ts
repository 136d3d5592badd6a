/** A value whose type structured cloning preserves, apart from its class. */
export type PackedLeaf = string | number | bigint | boolean | null | undefined;

/**
 * A value in a form that crosses threads (`postMessage`) and processes (IPC with `serialization: 'advanced'`) without loss: whatever is not a primitive is a list
 * whose first entry says what it was. Structured cloning alone would lose URLs, which become empty objects, and Buffers, and would copy the entire buffer behind a
 * view.
 */
export type PackedValue =
  | PackedLeaf
  | readonly ['array', readonly PackedValue[]]
  | readonly ['object', readonly (readonly [string, PackedValue])[]]
  | readonly ['map', readonly (readonly [PackedValue, PackedValue])[]]
  | readonly ['set', readonly PackedValue[]]
  | readonly ['url', string]
  | readonly ['buffer', Uint8Array]
  /** A function that stayed behind under this number. */
  | readonly ['function', number]
  | readonly ['same', Date | RegExp | ArrayBuffer | ArrayBufferView];
