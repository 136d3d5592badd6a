import { channel } from 'node:diagnostics_channel';

/** Name of the channel of `node:diagnostics_channel` that says when a guest has a model loaded, in the thread where the guest runs. */
export const modelLoadChannelName = 'wasmedge-plugins:model-load';

/** What is published on {@link modelLoadChannelName}: a guest begins to have a model loaded, or it is loaded, or could not be. */
export interface ModelLoadEvent {
  /** Whether it begins or has ended. */
  readonly phase: 'begin' | 'end';
}

const loads = channel(modelLoadChannelName);

/** Loads a model, and tells so whoever listens. */
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
