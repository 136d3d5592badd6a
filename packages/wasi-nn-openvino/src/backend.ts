import { type Backend, type BackendContext, type LoadOrigin, NnError } from '@wasmedge-plugins/wasi-nn';
import { type ConfigOf, defineBackend, deviceFor, type ModelRequest } from '@wasmedge-plugins/wasi-nn/kit';
import { formatOf, type OpenVINOFormat } from './format.js';
import { OpenVinoGraph } from './graph.js';
import { OpenVinoLibrary } from './library/open-vino-library.js';
import { settings } from './read-config.js';
import { readModel } from './read-model.js';
import { readRepresentation } from './read-representation.js';

const title = 'OpenVINO';

/** OpenVINO behind WASI-NN. Models of the host may be of these formats besides its own. */
export function openVinoBackend(formats: readonly OpenVINOFormat[]): Backend {
  return defineBackend({
    contractVersion: 1,
    packageName: '@wasmedge-plugins/wasi-nn-openvino',
    title,
    name: 'openvino',
    encoding: 0,
    encodingNames: ['openvino'],
    parts: ['XML', 'weights'],
    // Other formats have one file.
    leastParts: formats.length === 0 ? 2 : 1,
    settings,
    open: (context) => open(formats, context),
  });
}

const devices = { cpu: 'CPU', gpu: 'GPU', auto: 'AUTO' };

function open(formats: readonly OpenVINOFormat[], { logger }: BackendContext) {
  const library = OpenVinoLibrary.open();
  library.check(library.c.coreCreate(library.out.address), 'start');
  const core = library.result;
  logger('info', `OpenVINO ${library.version} from ${library.path}`);
  return {
    load({ parts, target, config, origin }: ModelRequest<ConfigOf<typeof settings>>) {
      const [first, weights = new Uint8Array()] = parts as [Uint8Array, Uint8Array?];
      const device = config.device ?? deviceFor(title, devices, target);
      const { source, tensorBytes } = sourceOf(first, origin, formats, parts.length);
      const model = readModel(library, core, source, weights, config.shapes ?? {});
      try {
        return new OpenVinoGraph(library, core, model, device, config.properties ?? {}, tensorBytes);
      } finally {
        library.c.modelFree(model);
      }
    },
    // A request of OpenVINO has its variables; what was compiled does not change.
    // One of another format may have more files than those that tell two models apart.
    sharedBy: ({ parts: [, weights] }: ModelRequest<ConfigOf<typeof settings>>) =>
      weights === undefined || weights.byteLength === 0 ? undefined : `${library.path} ${library.version}`,
    closeShared: () => library.c.coreFree(core),
  };
}

/** Takes nothing but an intermediate representation from a guest, and from the host also the formats that it has chosen. */
function sourceOf(
  bytes: Uint8Array,
  { model, files }: LoadOrigin,
  formats: readonly OpenVINOFormat[],
  count: number,
): { readonly source: Uint8Array | string; readonly tensorBytes?: number } {
  const read = readRepresentation(bytes);
  if (typeof read !== 'string') return { source: read.xml, tensorBytes: read.tensorBytes };
  if (model === 'guest') throw new NnError('invalid_argument', `A guest's model is refused: ${read}.`);
  const format = formatOf(bytes);
  // OpenVINO says what is wrong with it, or knows another format that it reads from memory.
  if (format === undefined) return { source: bytes };
  if (!formats.includes(format)) {
    throw new NnError(
      'invalid_argument',
      `The model seems to be one of ${format}, which openVINO() takes from the host with formats: ['${format}'].`,
    );
  }
  if (count > 1) {
    throw new NnError(
      'invalid_argument',
      `The model is one of ${format}, which is one file; leave out its weights.`,
    );
  }
  // By its path, other files that it names are found beside it, and OpenVINO reads TensorFlow Lite from files only.
  const file = files?.[0];
  if (file === undefined && format === 'tensorflowlite') {
    throw new NnError(
      'invalid_argument',
      'OpenVINO reads models of TensorFlow Lite from files only; name its path.',
    );
  }
  return { source: file ?? bytes };
}
