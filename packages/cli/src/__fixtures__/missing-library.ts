import { loadPluginPackage } from '../packages/plugin-package.js';

const required = (process.env.CI_REQUIRE ?? '').split(',');
const nameOf: Readonly<Record<string, string>> = { ggml: 'ggml', openvino: 'openvino', pytorch: 'libtorch' };

/** Why a backend cannot be used here: its library is not there. Throws instead where `CI_REQUIRE` names it. */
export async function missingLibrary(
  backend: 'ggml' | 'onnx' | 'openvino' | 'pytorch' | 'tflite',
): Promise<string | undefined> {
  const name = nameOf[backend];
  // The packages of ONNX and TensorFlow Lite bring their own.
  if (name === undefined) return undefined;
  const loaded = await loadPluginPackage(`@wasmedge-plugins/wasi-nn-${backend}`);
  const problem = loaded?.commandLine.libraries?.().find((each) => each.problem !== undefined)?.problem;
  if (problem !== undefined && required.includes(name)) {
    throw new Error(`CI_REQUIRE names ${name}, but: ${problem}`);
  }
  return problem;
}
