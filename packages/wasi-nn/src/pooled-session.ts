import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import {
  type MemberTask,
  type PackedPlugins,
  type Pool,
  type PoolCallOptions,
  packPlugins,
} from '@wasmedge-plugins/core';
import type { TensorInfo } from './backend.js';
import type { BackendPlugin } from './backend-plugin.js';
import type { ModelSource } from './backend-plugin-options.js';
import { BackendUnavailableError } from './errors.js';
import type { ModelDefinition } from './model-definition.js';
import type { PooledModel } from './pooled-session-tasks.js';
import type { SessionInputs, SessionOutputs } from './session.js';

/** A model that every member of a pool has loaded, run from TypeScript. */
export interface PooledSession<Model extends ModelDefinition | undefined = undefined>
  extends AsyncDisposable {
  /** The model's description of its inputs; `undefined` if its format has none. */
  readonly inputs: readonly TensorInfo[] | undefined;
  /** The model's description of its outputs; `undefined` if its format has none. */
  readonly outputs: readonly TensorInfo[] | undefined;
  /**
   * Computes in a free member, or waits for one. Inputs and outputs are copied.
   *
   * @throws {PoolBusyError} when too many of the pool's calls are waiting, or this one waited too long.
   * @throws what `Session.run` throws, and the errors of `Pool.perform`.
   */
  run(inputs: SessionInputs<Model>, options?: PoolCallOptions): Promise<SessionOutputs<Model>>;
}

let lastNumber = 0;

/**
 * Loads a model in every member of a pool, including those that are made later, and runs it there: as many computations at a time as the pool has members,
 * off the event loop, and, in processes, without danger to the host. Disposal frees the models; the pool stays.
 *
 * @param pool where it runs.
 * @param plugin the plug-in of its backend; the pool need not have it.
 * @param source the model, as the plug-in's `session` takes it.
 * @throws {BackendUnavailableError} in a bundle, where this package cannot be found.
 * @throws {CannotCrossError} for a plug-in or a source that cannot go to another thread or process.
 * @throws what `session` of the plug-in throws.
 * @example
 * await using session = await pooledSession(pool, tflite(), { file: 'digits.tflite', model: digits });
 * const { scores } = await session.run({ image }, { signal });
 */
export async function pooledSession<
  Source extends ModelSource,
  Model extends ModelDefinition | undefined = undefined,
>(
  pool: Pick<Pool, 'prepare' | 'perform'>,
  plugin: BackendPlugin<Source>,
  source: Source & {
    /** The model's definition; its inputs and outputs are checked against it. Default: none. */
    readonly model?: Model;
  },
): Promise<PooledSession<Model>> {
  const number = ++lastNumber;
  const packed = packPlugins({ plugins: [plugin] });
  const open = {
    ...task<[number, PackedPlugins, ModelSource], PooledModel>('openSession'),
    undo: 'closeSession',
  };
  const run = task<[number, SessionInputs<Model>], SessionOutputs<Model>>('runSession');
  const preparation = await pool.prepare(open, [number, packed, source]);
  return {
    ...preparation.result,
    run: (inputs, options) => pool.perform(run, [number, inputs], options),
    [Symbol.asyncDispose]: () => preparation[Symbol.asyncDispose](),
  };
}

function task<Args extends readonly unknown[], Result>(name: string): MemberTask<Args, Result> {
  return { module: tasksModule(), export: name };
}

function tasksModule(): URL {
  try {
    const file = createRequire(import.meta.url).resolve('@wasmedge-plugins/wasi-nn/pooled-session-tasks');
    return pathToFileURL(file);
  } catch (cause) {
    throw new BackendUnavailableError(
      'pooledSession() needs the package @wasmedge-plugins/wasi-nn, which is not found from where this code is. Mark it as external when you bundle, so that it stays in node_modules.',
      { cause },
    );
  }
}
