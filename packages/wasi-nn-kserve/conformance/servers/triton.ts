import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-ports.js';
import { findPythonEnvironment, type PythonEnvironment } from './python-environment.js';
import { type ServedModel, type ServedModelName, type ServedTensor, servedModels } from './served-models.js';
import { ServerProcess } from './server-process.js';

/** Files in PEM for TLS of gRPC; Triton has none for HTTP. */
export interface TritonTls {
  /** The server's key with its certificates. */
  readonly identity: URL;
  /** Certificates of the authority that clients need a certificate of. Default: they need none. */
  readonly clientAuthority?: URL | undefined;
}

/** How a Triton is started. */
export interface TritonSetup {
  /** The models that it has loaded when it is ready. Default: all but `late`. */
  readonly models?: readonly ServedModelName[] | undefined;
  readonly tls?: TritonTls | undefined;
  /** Where it listens on 127.0.0.1, as another one did before. Default: ports that are free. */
  readonly ports?: Ports | undefined;
  /** More of its own arguments. Default: none. */
  readonly args?: readonly string[] | undefined;
  /** Whether to wait until it is ready. Default: `true`. */
  readonly waits?: boolean | undefined;
}

/** Where a server listens on 127.0.0.1. */
export interface Ports {
  readonly grpc: number;
  readonly http: number;
}

const everyModel = Object.keys(servedModels) as ServedModelName[];
const files = new URL('./models/', import.meta.url);
const weights = new URL('../../../../examples/image-classification/models/', import.meta.url);

const find = () => findPythonEnvironment('Triton', 'WASMEDGE_PLUGINS_TRITON');

/** Why Triton cannot be started here; `undefined` when it can. */
export function tritonProblem(): string | undefined {
  const found = find();
  return typeof found === 'string' ? found : undefined;
}

/** A Triton with the models of `served-models.ts`, all of which it can load. */
export class Triton extends ServerProcess {
  readonly ports: Ports;
  readonly #sharedMemory: string;

  private constructor(ports: Ports) {
    super('Triton');
    this.ports = ports;
    this.#sharedMemory = `kserve-test-${process.pid}-${ports.grpc}`;
  }

  /**
   * Starts one.
   *
   * @throws {Error} when there is none, or it cannot be started.
   */
  static async start(setup: TritonSetup = {}): Promise<Triton> {
    const found = find();
    if (typeof found === 'string') throw new Error(found);
    const [grpc = 0, http = 0] = setup.ports === undefined ? await freePorts(2) : [];
    const triton = new Triton(setup.ports ?? { grpc, http });
    try {
      await triton.#start(found, setup);
      if (setup.waits !== false) await triton.ready(`http://${triton.http}/v2/health/ready`);
      return triton;
    } catch (error) {
      await triton[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** `127.0.0.1:8001` */
  get grpc(): string {
    return `127.0.0.1:${this.ports.grpc}`;
  }

  /** `127.0.0.1:8000` */
  get http(): string {
    return `127.0.0.1:${this.ports.http}`;
  }

  /** Loads a model, which is ready then, or takes it away. */
  async repository(what: 'load' | 'unload', model: ServedModelName): Promise<void> {
    const url = `http://${this.http}/v2/repository/models/${model}/${what}`;
    const response = await fetch(url, { method: 'POST', body: '{}' });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]();
    for (const name of readdirSync('/dev/shm')) {
      if (name.startsWith(this.#sharedMemory)) rmSync(join('/dev/shm', name), { force: true });
    }
  }

  async #start({ folder, packages }: PythonEnvironment, setup: TritonSetup) {
    const { models = everyModel.filter((name) => name !== 'late'), tls, args = [] } = setup;
    const server = join(packages, 'pytriton/tritonserver');
    const repository = join(this.folder, 'models');
    for (const name of everyModel) writeModel(repository, name, servedModels[name]);
    await this.start({
      program: join(server, 'bin/tritonserver'),
      args: [
        ...[`--model-repository=${repository}`, '--model-control-mode=explicit'],
        ...models.map((name) => `--load-model=${name}`),
        ...[`--backend-directory=${join(server, 'backends')}`, '--disable-auto-complete-config'],
        `--backend-config=python,shm-region-prefix-name=${this.#sharedMemory}`,
        ...['--http-address=127.0.0.1', `--http-port=${this.ports.http}`],
        ...['--grpc-address=127.0.0.1', `--grpc-port=${this.ports.grpc}`],
        ...['--allow-metrics=false', '--log-info=false'],
        ...tlsArguments(tls),
        ...args,
      ],
      environment: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin` },
    });
  }
}

function tlsArguments(tls: TritonTls | undefined): string[] {
  if (tls === undefined) return [];
  const file = fileURLToPath(tls.identity);
  const mutual =
    tls.clientAuthority === undefined
      ? ['--grpc-use-ssl=true']
      : ['--grpc-use-ssl-mutual=true', `--grpc-root-cert=${fileURLToPath(tls.clientAuthority)}`];
  return [...mutual, `--grpc-server-cert=${file}`, `--grpc-server-key=${file}`];
}

/** Writes a model as Triton's backend for Python wants it. */
function writeModel(repository: string, name: ServedModelName, model: ServedModel): void {
  const folder = join(repository, name, '1');
  mkdirSync(folder, { recursive: true });
  copyFileSync(new URL('triton_model.py', files), join(folder, 'model.py'));
  copyFileSync(new URL('compute.py', files), join(folder, 'compute.py'));
  for (const file of model.program.startsWith('shapes') ? ['shapes.xml', 'shapes.bin'] : [])
    copyFileSync(new URL(file, weights), join(folder, file));
  writeFileSync(join(repository, name, 'config.pbtxt'), configuration(model));
}

function configuration({ program, inputs, outputs, instances = 1, maxQueued }: ServedModel): string {
  const tensors = (kind: string, all: readonly ServedTensor[]) =>
    all.map(
      ([name, type, shape]) =>
        `${kind} { name: "${name}" data_type: TYPE_${type === 'BYTES' ? 'STRING' : type} dims: [${shape.join(', ')}] }`,
    );
  return [
    'backend: "python"',
    `max_batch_size: ${maxQueued === undefined ? 0 : 1}`,
    ...tensors('input', inputs),
    ...tensors('output', outputs),
    `instance_group { kind: KIND_CPU count: ${instances} }`,
    `parameters { key: "program" value: { string_value: "${program}" } }`,
    ...(maxQueued === undefined
      ? []
      : [`dynamic_batching { default_queue_policy { max_queue_size: ${maxQueued} } }`]),
  ].join('\n');
}
