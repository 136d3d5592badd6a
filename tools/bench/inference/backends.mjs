// @ts-check

/**
 * A backend's package, loaded only when it is measured: it needs what was built. Each computes in one thread.
 * @typedef {object} BenchBackend
 * @property {(models: import('./models.mjs').Models) => PluginWithSessions} create the plug-in, with the models by name
 * @property {(models: import('./models.mjs').Models) => Promise<string | undefined>} problem why it cannot run here
 *
 * @typedef {import('@wasmedge-plugins/core').Plugin & { session(source: object): Promise<Disposable> }} PluginWithSessions
 */

/**
 * @param {import('./models.mjs').ModelKind} name
 * @param {'native-library' | 'litert' | 'web'} [runtime] of TensorFlow Lite and ONNX
 * @returns {Promise<BenchBackend>}
 */
export async function loadBackend(name, runtime = 'native-library') {
  switch (name) {
    case 'openvino': {
      const { openVINO } = await import('@wasmedge-plugins/wasi-nn-openvino');
      const properties = { INFERENCE_NUM_THREADS: '1', INFERENCE_PRECISION_HINT: 'f32' };
      return backend(openVINO, ([xml = '', weights = '']) => ({ xml, weights, config: { properties } }));
    }
    case 'tflite': {
      const { tflite } = await import('@wasmedge-plugins/wasi-nn-tflite');
      const chosen = runtime === 'web' ? 'litert' : runtime;
      return backend((options) => tflite({ ...options, runtime: chosen }), oneFile);
    }
    case 'onnx': {
      const { onnx } = await import('@wasmedge-plugins/wasi-nn-onnx');
      const chosen = runtime === 'litert' ? 'web' : runtime;
      return backend((options) => onnx({ ...options, runtime: chosen }), oneFile);
    }
    case 'pytorch': {
      const { pytorch } = await import('@wasmedge-plugins/wasi-nn-pytorch');
      return backend(pytorch, oneFile);
    }
  }
}

/** @param {string[]} files */
function oneFile([file = '']) {
  return { file, config: { threads: 1 } };
}

/**
 * @template {object} Source
 * @param {(options: { models?: Record<string, Source> }) => import('@wasmedge-plugins/core').Plugin & { session(source: Source): Promise<Disposable> }} createPlugin
 * @param {(files: string[]) => Source} sourceOf
 * @returns {BenchBackend}
 */
function backend(createPlugin, sourceOf) {
  return {
    create: (models) =>
      /** @type {PluginWithSessions} */ (
        createPlugin({
          models: Object.fromEntries(Object.entries(models).map(([name, files]) => [name, sourceOf(files)])),
        })
      ),
    async problem({ tiny }) {
      try {
        const session = await createPlugin({}).session(sourceOf(tiny));
        session[Symbol.dispose]();
        return undefined;
      } catch (error) {
        const { code, message } = /** @type {{ code?: string, message: string }} */ (error);
        if (code !== 'ERR_BACKEND_UNAVAILABLE') throw error;
        return message.split('\n')[0];
      }
    },
  };
}
