import { type Backend, type BackendContext, type LoadOrigin, NnError } from '@wasmedge-plugins/wasi-nn';
import { type ConfigOf, defineBackend, deviceFor, type ModelRequest } from '@wasmedge-plugins/wasi-nn/kit';
import { OpenVinoGraph } from './graph.js';
import { OpenVinoLibrary } from './library/open-vino-library.js';
import { settings } from './read-config.js';
import { readModel } from './read-model.js';
import { readRepresentation } from './read-representation.js';

const title = 'OpenVINO';

/** OpenVINO behind WASI-NN. */
export const openVinoBackend: Backend = defineBackend({
  contractVersion: 1,
  packageName: '@wasmedge-plugins/wasi-nn-openvino',
  title,
  name: 'openvino',
  encoding: 0,
  encodingNames: ['openvino'],
  parts: ['XML', 'weights'],
  settings,
  open,
});

const devices = { cpu: 'CPU', gpu: 'GPU', auto: 'AUTO' };

function open({ logger }: BackendContext) {
  const library = OpenVinoLibrary.open();
  library.check(library.c.coreCreate(library.out.address), 'start');
  const core = library.result;
  logger('info', `OpenVINO ${library.version} from ${library.path}`);
  return {
    load({ parts, target, config, origin }: ModelRequest<ConfigOf<typeof settings>>) {
      const [first, weights] = parts as [Uint8Array, Uint8Array];
      const device = config.device ?? deviceFor(title, devices, target);
      const { xml, tensorBytes } = checkRepresentation(first, origin);
      const model = readModel(library, core, xml, weights, config.shapes ?? {});
      try {
        return new OpenVinoGraph(library, core, model, device, config.properties ?? {}, tensorBytes);
      } finally {
        library.c.modelFree(model);
      }
    },
    // A request of OpenVINO has its variables; what was compiled does not change.
    sharedBy: () => `${library.path} ${library.version}`,
    closeShared: () => library.c.coreFree(core),
  };
}

/** Takes nothing but an intermediate representation from a guest. A host may have another format that OpenVINO reads from memory. */
function checkRepresentation(
  bytes: Uint8Array,
  { model }: LoadOrigin,
): { readonly xml: Uint8Array; readonly tensorBytes?: number } {
  const read = readRepresentation(bytes);
  if (typeof read !== 'string') return read;
  if (model === 'guest') throw new NnError('invalid_argument', `A guest's model is refused: ${read}.`);
  return { xml: bytes };
}
