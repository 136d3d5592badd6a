import { type PackedPlugins, type Runtime, unpackPlugins } from '@wasmedge-plugins/core';
import type { TensorInfo } from './backend.js';
import type { BackendPlugin } from './backend-plugin.js';
import type { ModelSource } from './backend-plugin-options.js';
import type { AnyInputs, AnyOutputs, Session } from './session.js';

/** A pool member's description of its model. */
export interface PooledModel {
  /** The model's description of its inputs; `undefined` if its format has none. */
  readonly inputs: readonly TensorInfo[] | undefined;
  /** The model's description of its outputs; `undefined` if its format has none. */
  readonly outputs: readonly TensorInfo[] | undefined;
}

/** The sessions of this member, by the numbers that the caller has given. */
const sessions = new Map<number, Promise<Session>>();

/**
 * Loads the model in a member of a pool.
 *
 * @param number handle of the session, chosen by the caller.
 * @throws {CannotCrossError} when the plug-in of its backend cannot be made here.
 * @throws what `session` of the plug-in throws.
 */
export async function openSession(
  _runtime: Runtime,
  number: number,
  packed: PackedPlugins,
  source: ModelSource,
): Promise<PooledModel> {
  const opening = open(packed, source);
  sessions.set(number, opening);
  const { inputs, outputs } = await opening;
  return { inputs, outputs };
}

/**
 * Computes in a member of a pool.
 *
 * @param number handle of the session.
 * @throws what kept its model from being loaded, and what `Session.run` throws.
 */
export async function runSession(_runtime: Runtime, number: number, inputs: AnyInputs): Promise<AnyOutputs> {
  const session = await sessions.get(number);
  return (session as Session).run(inputs);
}

/**
 * Frees what {@link openSession} has loaded.
 *
 * @param number handle of the session.
 * @throws what kept its model from being loaded.
 */
export async function closeSession(_runtime: Runtime, number: number): Promise<void> {
  const opening = sessions.get(number);
  sessions.delete(number);
  (await opening)?.[Symbol.dispose]();
}

async function open(packed: PackedPlugins, source: ModelSource): Promise<Session> {
  const { plugins = [] } = await unpackPlugins(packed);
  return (plugins[0] as unknown as BackendPlugin<ModelSource>).session(source);
}
