import { createRuntime, InvalidArgumentError } from '@wasmedge-plugins/core';
import { type BackendKind, partsOf } from '../backend-kind.js';
import type { BackendPluginOptions, ModelSource } from '../backend-plugin-options.js';
import type { ModelDefinition } from '../model-definition.js';
import { copyModelPart, readModelPart } from '../model-part.js';
import { createSession } from '../session.js';
import { GuestGraph } from './guest-graph.js';
import { nativeNnPlugin } from './native-plugin.js';

/** A session on the native plug-in, which only guests can call: a small one of our own does. */
export async function openNativeSession<Source extends ModelSource>(
  kind: BackendKind<Source>,
  { nativePath }: BackendPluginOptions<Source>,
  source: Source,
  model: ModelDefinition | undefined,
) {
  if (model === undefined || Object.values(model.outputs).some(({ shape }) => shape.includes(-1))) {
    throw new InvalidArgumentError(
      `${kind.caller}(): the native plug-in tells nothing of a model's outputs; give session() a model with fixed output shapes, made by defineModel().`,
    );
  }
  // Before anything is waited for: what the caller changes then is not what was given.
  const { target = 'cpu' } = source;
  const parts = partsOf(kind, source).map(copyModelPart).map(readModelPart);
  // The small guest is the host's own.
  const maxBytes = Number.MAX_SAFE_INTEGER;
  const runtime = await createRuntime({
    plugins: [nativeNnPlugin(kind, { nativePath, guestModels: 'allow', maxBytes })],
  });
  try {
    const graph = new GuestGraph(runtime, kind.backend.encoding, parts, target, model);
    return createSession({ graph, context: graph.createContext() }, model, [runtime]);
  } catch (error) {
    runtime[Symbol.dispose]();
    throw error;
  }
}
