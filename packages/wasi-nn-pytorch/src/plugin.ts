import {
  type BackendPlugin,
  type BackendPluginOptions,
  createBackendPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { pytorchKind } from './kind.js';
import type { PyTorchSource } from './source.js';

/** Options of {@link pytorch}. The default of `guestModels` is `deny` here: a model is a program, and libtorch no sandbox. */
export type PyTorchOptions = BackendPluginOptions<PyTorchSource>;

/**
 * The WASI-NN plug-in on PyTorch: guests load models of encoding 3, TorchScript, by the names given here, and from their own bytes with
 * `guestModels: 'allow'`.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [pytorch({ models: { digits: { file: 'digits.pt' } } })] })
 */
export function pytorch(options: PyTorchOptions = {}): BackendPlugin<PyTorchSource> {
  const plugin = createBackendPlugin(pytorchKind, options);
  const session = (source: PyTorchSource) => plugin.session(withOwnTypes(source));
  return { ...plugin, session: session as BackendPlugin<PyTorchSource>['session'] };
}

/** Callers from TypeScript see element types; guests that were built for WasmEdge's plug-in take every output for f32. */
function withOwnTypes(source: PyTorchSource): PyTorchSource {
  if (typeof source !== 'object' || source === null) return source;
  const { config = {} } = source;
  if (typeof config !== 'object' || config === null) return source;
  return { ...source, config: { outputTypes: 'own', ...config } };
}
