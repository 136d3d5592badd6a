/**
 * What runs the models. `native-library`: TensorFlow Lite's C library, where it is installed. `litert`: LiteRT.js, which comes with this
 * package, runs in a WebAssembly sandbox of its own and on one processor core. `auto`: the C library where one is found, for models that the host
 * chose; LiteRT.js for models that a guest brings, since one that was made for it can end the process in the C library, and where there is none.
 */
export type TFLiteRuntime = 'auto' | 'litert' | 'native-library';

/** Every value of the option `runtime`. */
export const runtimes: readonly TFLiteRuntime[] = ['auto', 'litert', 'native-library'];
