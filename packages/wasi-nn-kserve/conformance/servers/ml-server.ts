import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { findPythonEnvironment } from './python-environment.js';
import { type ServedModel, type ServedModelName, type ServedTensor, servedModels } from './served-models.js';
import { ServerProcess } from './server-process.js';
import type { Ports } from './triton.js';

/** How an MLServer is started. */
export interface MLServerSetup {
  /** Its models. Default: all that it can serve. */
  readonly models?: readonly ServedModelName[] | undefined;
  /** The most bytes of a gRPC message. Default: MLServer's own, which is 4 MiB. */
  readonly maxMessageBytes?: number | undefined;
}

// It has no element type BF16, no bound of its own on a queue, and loads its models before it listens.
const unserved: readonly ServedModelName[] = ['busy', 'late'];
const everyModel = (Object.keys(servedModels) as ServedModelName[]).filter(
  (name) => !unserved.includes(name),
);
const files = new URL('./models/', import.meta.url);
const weights = new URL('../../../../examples/image-classification/models/', import.meta.url);

const find = () => findPythonEnvironment('MLServer', 'WASMEDGE_PLUGINS_MLSERVER');

/** Why MLServer cannot be started here; `undefined` when it can. */
export function mlServerProblem(): string | undefined {
  const found = find();
  return typeof found === 'string' ? found : undefined;
}

/** An MLServer with models of `served-models.ts`, which `models/mlserver_model.py` runs. */
export class MLServer extends ServerProcess {
  private constructor(readonly ports: Ports) {
    super('MLServer');
  }

  /**
   * Starts one, and waits until it is ready.
   *
   * @throws {Error} when there is none, or it cannot be started.
   */
  static async start({ models = everyModel, maxMessageBytes }: MLServerSetup = {}): Promise<MLServer> {
    const found = find();
    if (typeof found === 'string') throw new Error(found);
    const [grpc = 0, http = 0, metrics = 0] = await freePorts(3);
    const server = new MLServer({ grpc, http });
    const folder = join(server.folder, 'models');
    try {
      for (const name of models) writeModel(folder, name, servedModels[name]);
      const settings = {
        ...{ host: '127.0.0.1', grpc_port: grpc, http_port: http, metrics_port: metrics },
        ...{ parallel_workers: 0, debug: false, grpc_max_message_length: maxMessageBytes },
      };
      writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
      const bin = join(found.folder, 'bin');
      await server.start({
        program: join(bin, 'python'),
        args: ['-c', 'from mlserver.cli import main; main()', 'start', folder],
        environment: { PATH: `${bin}:/usr/bin:/bin`, PYTHONPATH: folder },
      });
      await server.ready(`http://${server.http}/v2/health/ready`);
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** `127.0.0.1:8081` */
  get grpc(): string {
    return `127.0.0.1:${this.ports.grpc}`;
  }

  /** `127.0.0.1:8080` */
  get http(): string {
    return `127.0.0.1:${this.ports.http}`;
  }
}

/** Writes a model as MLServer wants it. The programs are the same for all. */
function writeModel(folder: string, name: ServedModelName, { program, inputs, outputs }: ServedModel): void {
  mkdirSync(join(folder, name), { recursive: true });
  for (const file of ['mlserver_model.py', 'compute.py'])
    copyFileSync(new URL(file, files), join(folder, file));
  for (const file of ['shapes.xml', 'shapes.bin']) copyFileSync(new URL(file, weights), join(folder, file));
  const settings = {
    ...{ name, implementation: 'mlserver_model.TestModel', parameters: { extra: { program } } },
    ...{ inputs: describe(inputs), outputs: describe(outputs) },
  };
  writeFileSync(join(folder, name, 'model-settings.json'), JSON.stringify(settings));
}

function describe(tensors: readonly ServedTensor[]): readonly object[] {
  return tensors
    .filter(([, datatype]) => datatype !== 'BF16')
    .map(([name, datatype, shape]) => ({ name, datatype, shape }));
}
