/**
 * What runs the models. `native-library`: TensorFlow Lite's C library, if it is installed. `litert`: LiteRT.js, which comes with this package and
 * runs in its own WebAssembly sandbox, on one processor core. `auto`: for models that the host chose, the C library if it is found, otherwise
 * LiteRT.js; for models that a guest brings, LiteRT.js, since a maliciously crafted one can end the process in the C library.
 */
export type TFLiteRuntime = 'auto' | 'litert' | 'native-library';

/** Every value of the option `runtime`. */
export const runtimes: readonly TFLiteRuntime[] = ['auto', 'litert', 'native-library'];
