import { type Backend, type BackendContext, NnError } from '@wasmedge-plugins/wasi-nn';
import { type ConfigOf, defineBackend, deviceFor, type ModelRequest } from '@wasmedge-plugins/wasi-nn/kit';
import { PyTorchGraph } from './graph.js';
import { TorchLibrary } from './library/torch-library.js';
import { settings } from './read-config.js';

const title = 'PyTorch';

/** PyTorch behind WASI-NN. */
export const pytorchBackend: Backend = defineBackend({
  contractVersion: 1,
  packageName: '@wasmedge-plugins/wasi-nn-pytorch',
  title,
  name: 'pytorch',
  encoding: 3,
  encodingNames: ['pytorch'],
  parts: ['a TorchScript archive'],
  settings,
  open,
});

/** Whether a target uses CUDA. */
const devices = { cpu: false, gpu: true };

function open({ logger }: BackendContext) {
  const library = TorchLibrary.open();
  logger('info', `libtorch ${library.version} through ${library.path}`);
  return {
    load({ parts, target, config }: ModelRequest<ConfigOf<typeof settings>>) {
      const usesCuda = deviceFor(title, devices, target);
      if (usesCuda && !library.hasCuda) {
        throw new NnError(
          'invalid_argument',
          'The target gpu needs a libtorch with CUDA and a device; use the target cpu.',
        );
      }
      const model = library.loadModel(checkArchive(parts[0] as Uint8Array), usesCuda);
      return new PyTorchGraph(library, model, config);
    },
  };
}

/** The archive, if it is one: only a ZIP file is handed to libtorch, which also knows older formats. */
function checkArchive(bytes: Uint8Array): Uint8Array {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
  if (!isZip) {
    throw new NnError(
      'invalid_argument',
      'The model is not a TorchScript archive; torch.jit.save() writes one, torch.save() does not.',
    );
  }
  return bytes;
}
