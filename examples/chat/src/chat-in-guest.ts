import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createRuntime, type PlacedRunOptions } from '@wasmedge-plugins/core';
import { ggml } from '@wasmedge-plugins/wasi-nn-ggml';

const { resolve } = createRequire(import.meta.url);
const guest = pathToFileURL(resolve('@wasmedge-plugins/wasi-nn-ggml/samples/chat.wasm'));

/**
 * The same chat in a guest, in a thread of its own, so that Ctrl-C may end it.
 *
 * @param file the model's file.
 * @param world where the guest reads and writes, the variables that it reads, and what ends it.
 * @returns the guest's exit code.
 */
export async function chatInGuest(
  file: string | URL,
  world: Pick<PlacedRunOptions, 'stdin' | 'stdout' | 'env' | 'signal'> = {},
): Promise<number> {
  await using runtime = await createRuntime({
    placement: 'worker',
    plugins: [ggml({ models: { default: { file } } })],
  });
  return await runtime.run(guest, { ...world, args: ['default'] });
}
