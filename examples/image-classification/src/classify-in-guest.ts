import { fileURLToPath } from 'node:url';
import { createRuntime, type EngineName } from '@wasmedge-plugins/core';
import { type ImageSource, imageTensor } from '@wasmedge-plugins/wasi-nn/images';
import { type BackendName, backends } from './backends.js';
import { projectFile } from './shapes.js';

/**
 * Lets a guest name the shape on a picture: with each of these backends, all in one runtime.
 *
 * @returns what the guest printed: a line for each backend.
 */
export async function classifyInGuest(
  names: readonly BackendName[],
  picture: ImageSource,
  engine?: EngineName,
): Promise<string> {
  const pixels = await imageTensor(picture, { width: 32, height: 32, layout: 'nhwc', type: 'u8' });
  using runtime = await createRuntime({
    ...(engine && { engine }),
    plugins: names.map((name) => backends[name].plugin()),
    wasi: {
      args: names.flatMap((name) => [name, backends[name].layout]),
      preopens: { models: fileURLToPath(projectFile('models')) },
      stdin: pixels.data,
      stdout: 'capture',
    },
  });
  const exitCode = runtime.run(projectFile('conformance/classify-image.wasm'));
  if (exitCode !== 0) throw new Error(`The guest ended with exit code ${exitCode}.`);
  return new TextDecoder().decode(runtime.stdout);
}
