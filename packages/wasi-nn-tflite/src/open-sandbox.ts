import type { BackendContext } from '@wasmedge-plugins/wasi-nn';
import { asyncLoader, type ConfigOf, type ModelLoader, packageFile } from '@wasmedge-plugins/wasi-nn/kit';
import type { settings } from './read-config.js';

/**
 * LiteRT.js in one runtime, in the helper thread, which loads built files only.
 *
 * @throws {BackendUnavailableError} when its file is not there, as in a bundle, or LiteRT.js is not.
 */
export function openSandbox(context: BackendContext): ModelLoader<ConfigOf<typeof settings>> {
  context.logger('info', 'TensorFlow Lite models run on LiteRT.js');
  const moduleUrl = packageFile({
    package: '@wasmedge-plugins/wasi-nn-tflite',
    from: import.meta.url,
    built: './litert-task.js',
    source: '../dist/litert-task.js',
    needs: '@litertjs/core',
  });
  return asyncLoader({ moduleUrl, exportName: 'openLiteRt' }, context);
}
