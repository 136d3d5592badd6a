import { createRuntime, InvalidArgumentError, type Plugin } from '@wasmedge-plugins/core';
import { partsOf, type SourceKind } from '../backend-kind.js';
import type { ModelSource } from '../backend-plugin-options.js';
import { encodingOf } from '../encoding-of.js';
import type { ModelDefinition } from '../model-definition.js';
import { copyModelPart, readModelPart } from '../model-part.js';
import { createSession } from '../session.js';
import { GuestGraph } from './guest-graph.js';

/**
 * A session on the native plug-in, which only guests can call: a small one of our own does.
 *
 * @param subject what the caller called, for messages.
 * @param makePlugin makes a plug-in that lets this guest bring models of any size.
 */
export async function openNativeSession(
  kind: SourceKind,
  subject: string,
  makePlugin: () => Plugin,
  source: ModelSource,
  model: ModelDefinition | undefined,
) {
  if (model === undefined || Object.values(model.outputs).some(({ shape }) => shape.includes(-1))) {
    throw new InvalidArgumentError(
      `${subject}: the native plug-in does not describe a model's outputs; pass session() a model with fixed output shapes, made with defineModel().`,
    );
  }
  // Before anything is waited for: what the caller changes then is not what was given.
  const { target = 'cpu' } = source;
  const parts = partsOf(kind, source).map(copyModelPart).map(readModelPart);
  const runtime = await createRuntime({ plugins: [makePlugin()] });
  try {
    const graph = new GuestGraph(runtime, encodingOf(kind.backend), parts, target, model);
    return createSession({ graph, context: graph.createContext() }, model, [runtime]);
  } catch (error) {
    runtime[Symbol.dispose]();
    throw error;
  }
}
