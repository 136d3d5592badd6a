import type { Backend, BackendContext, ExecutionTarget, SessionModel } from './backend.js';
import { copyModelPart, fileOf, type ModelPart, partsFor } from './model-part.js';

/** A model that the host has for a session. */
export interface HostModel {
  readonly parts: readonly ModelPart[];
  readonly target: ExecutionTarget;
  /** JSON for the backend. */
  readonly config: string | undefined;
}

/** A model that was loaded for a session, and the backend that is to be disposed after it. */
export interface LoadedModel {
  readonly model: SessionModel;
  readonly opened: Disposable;
}

/** Loads a model in the backend's own way for sessions, or in the way that guests have. */
export async function loadForSession(
  backend: Backend,
  context: BackendContext,
  { parts, target, config }: HostModel,
): Promise<LoadedModel> {
  const opened = backend.open(context);
  const files = parts.map(fileOf);
  try {
    if (opened.loadForSession !== undefined) {
      // What the caller changes while the model is loaded is not what was given.
      const builders = partsFor(backend, parts.map(copyModelPart));
      return { model: await opened.loadForSession(builders, target, config, files), opened };
    }
    const builders = partsFor(backend, parts);
    const graph = opened.load(builders, target, config, { model: 'host', config: 'host', files });
    return { model: { graph, context: graph.createContext() }, opened };
  } catch (error) {
    // With what is left of its graphs.
    opened[Symbol.dispose]();
    throw error;
  }
}
