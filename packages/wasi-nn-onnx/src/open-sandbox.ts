import type { BackendContext } from '@wasmedge-plugins/wasi-nn';
import {
  asyncLoader,
  type ConfigOf,
  deviceFor,
  type ModelLoader,
  type ModelRequest,
  packageFile,
} from '@wasmedge-plugins/wasi-nn/kit';
import { problemOfElements } from './describe-port.js';
import { readExternalData } from './external-data.js';
import { readModel } from './model/read-model.js';
import type { settings } from './read-config.js';

/** The module of onnxruntime-web, which helper threads compile once for this one: it takes longer than all else that is needed for a model. */
let compiled: WebAssembly.Module | undefined;

type Request = ModelRequest<ConfigOf<typeof settings>>;

/**
 * onnxruntime-web in one runtime, in the helper thread, which loads built files only.
 *
 * @throws {BackendUnavailableError} when its file is not there, as in a bundle, or onnxruntime-web is not.
 */
export function openSandbox(context: BackendContext): ModelLoader<ConfigOf<typeof settings>> {
  context.logger('info', 'ONNX models run on onnxruntime-web');
  const moduleUrl = packageFile({
    package: '@wasmedge-plugins/wasi-nn-onnx',
    from: import.meta.url,
    built: './web-task.js',
    source: '../dist/web-task.js',
    needs: 'onnxruntime-web',
  });
  const loader = asyncLoader<ConfigOf<typeof settings>>(
    { moduleUrl, exportName: 'openOnnxRuntimeWeb', options: { compiled } },
    context,
    {
      problemOfInput: problemOfElements,
      onTold(message) {
        compiled = message as WebAssembly.Module;
      },
    },
  );
  return {
    ...loader,
    load: (request) => loader.load(withExternalData(request)),
    ...(loader.loadForSession && {
      loadForSession: async (request) =>
        (loader.loadForSession as NonNullable<typeof loader.loadForSession>)(withExternalData(request)),
    }),
  };
}

/** The model, and after it the files that it names. */
function withExternalData(request: Request): Request {
  const { parts, target, origin } = request;
  deviceFor('onnxruntime-web', { cpu: true, auto: true }, target);
  const { externalFiles } = readModel(parts[0] as Uint8Array);
  return { ...request, parts: [...parts, ...readExternalData(externalFiles, origin.files?.[0])] };
}
