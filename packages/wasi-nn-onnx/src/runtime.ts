/**
 * What runs the models. `native-library`: ONNX Runtime's library, such as the package `onnxruntime-node` has it, if it is installed. `web`: onnxruntime-web, which
 * comes with this package and runs in its own WebAssembly sandbox, on one processor core. `auto`: for models that the host chose, the library if it is found,
 * otherwise onnxruntime-web; for models that a guest brings, onnxruntime-web, since a maliciously crafted one can end the process in the library.
 */
export type ONNXRuntime = 'auto' | 'web' | 'native-library';

/** Every value of the option `runtime`. */
export const runtimes: readonly ONNXRuntime[] = ['auto', 'web', 'native-library'];
