import { channel } from 'node:diagnostics_channel';

/** Name of the `node:diagnostics_channel` channel that reports when a guest loads a model, in the thread where the guest runs. */
export const modelLoadChannelName = 'wasmedge-plugins:model-load';

/** What is published on {@link modelLoadChannelName}: a guest begins to load a model, or the model is loaded, or could not be. */
export interface ModelLoadEvent {
  /** Whether loading begins or has ended. */
  readonly phase: 'begin' | 'end';
}

const loads = channel(modelLoadChannelName);

/** Loads a model, and reports it to whoever listens. */
export function toldLoad<Model>(load: () => Model): Model {
  if (!loads.hasSubscribers) return load();
  const publish = (phase: ModelLoadEvent['phase']) => loads.publish({ phase } satisfies ModelLoadEvent);
  publish('begin');
  try {
    return load();
  } finally {
    publish('end');
  }
}
