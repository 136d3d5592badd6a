import type { GGMLOptions } from '../src/plugin.js';

/** What a case asks for of the plug-in. */
export type GGMLCaseOptions = Pick<
  GGMLOptions,
  'release' | 'guestModels' | 'maxContextSize' | 'maxBytes' | 'maxThreads'
>;
