import { createRuntime, type WasiOptions } from '@wasmedge-plugins/core';
import { ggml } from '@wasmedge-plugins/wasi-nn-ggml';

// Also from the built file in `dist`.
const guest = new URL('../conformance/chat.wasm', import.meta.url);

/**
 * The same chat in a guest, in a thread of its own, so that Ctrl-C may end it.
 *
 * @param file the model's file.
 * @param wasi where the guest reads and writes, and the variables that it reads.
 * @param signal ends the chat.
 * @returns the guest's exit code.
 */
export async function chatInGuest(
  file: string | URL,
  wasi: Pick<WasiOptions, 'stdin' | 'stdout' | 'env'> = {},
  signal?: AbortSignal,
): Promise<number> {
  await using runtime = await createRuntime({
    placement: 'worker',
    plugins: [ggml({ models: { default: { file } } })],
    wasi: { ...wasi, args: ['default'] },
  });
  return await runtime.run(guest, { ...(signal && { signal }) });
}
