import type { Signature } from '../values/signature.js';
import type { ValueType } from '../values/value-types.js';
import type { Library } from './library.js';
import { NativeArea } from './native-area.js';
import type { Pointer } from './native-functions.js';
import { valueTypeOf } from './value-type-codes.js';

/** The signature of a function instance, or undefined when it has a type that a signature cannot say. */
export function functionSignature(library: Library, functionInstance: Pointer): Signature | undefined {
  const { c } = library;
  const type = Number(c.FunctionInstanceGetFunctionType(functionInstance));
  const params = typeList(library, c.FunctionTypeGetParametersLength(type), (address, count) =>
    c.FunctionTypeGetParameters(type, address, count),
  );
  const results = typeList(library, c.FunctionTypeGetReturnsLength(type), (address, count) =>
    c.FunctionTypeGetReturns(type, address, count),
  );
  return params && results && { params, results };
}

function typeList(
  library: Library,
  count: number,
  fill: (address: Pointer, count: number) => void,
): ValueType[] | undefined {
  using area = new NativeArea(count * 8);
  fill(area.address, count);
  const types = Array.from(area.u64.subarray(0, count), (code) => valueTypeOf(library.valueTypes, code));
  return types.every((type) => type !== undefined) ? types : undefined;
}
