import type { BackendContext } from '@wasmedge-plugins/wasi-nn';
import { asyncLoader, type ConfigOf, type ModelLoader } from '@wasmedge-plugins/wasi-nn/kit';
import type { settings } from './read-config.js';

// Threads load built files only; the sources are compiled next to `dist`.
const location = import.meta.url.endsWith('.ts') ? '../dist/litert-task.js' : './litert-task.js';

/** LiteRT.js in one runtime, in the helper thread. */
export function openSandbox(context: BackendContext): ModelLoader<ConfigOf<typeof settings>> {
  context.logger('info', 'TensorFlow Lite models run on LiteRT.js');
  return asyncLoader({ moduleUrl: new URL(location, import.meta.url), exportName: 'openLiteRt' }, context);
}
