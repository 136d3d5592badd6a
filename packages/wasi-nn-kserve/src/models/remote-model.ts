import type { ConfigOf } from '@wasmedge-plugins/wasi-nn/kit';
import type { settings } from '../read-config.js';
import type { KServeModel } from '../source.js';
import { bounds, defaults } from './bounds.js';

/** A model as the thread that speaks with its servers gets it: without the function, which stays with the host. */
export type RemoteModel = Omit<KServeModel, 'credentials'> & Readonly<Record<keyof typeof bounds, number>>;

/** Every setting of a guest; those that it did not give are absent. */
export type RemoteConfig = ConfigOf<typeof settings>;

/** The model with all numbers. */
export function remoteModel({ credentials: _, ...model }: KServeModel): RemoteModel {
  const names = Object.keys(bounds) as (keyof typeof bounds)[];
  const numbers = Object.fromEntries(names.map((name) => [name, model[name] ?? defaults[name]]));
  return { ...model, ...(numbers as Record<keyof typeof bounds, number>) };
}
