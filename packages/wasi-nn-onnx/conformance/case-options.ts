import type { AbiOptions } from '@wasmedge-plugins/wasi-nn/conformance';
import type { ONNXSource } from '../src/source.js';

/** What a case asks for besides the options of the suite of the guest ABI. */
export interface ONNXCaseOptions extends AbiOptions {
  /** Models by the name that guests give. Default: none. */
  readonly models?: Readonly<Record<string, ONNXSource>>;
}
