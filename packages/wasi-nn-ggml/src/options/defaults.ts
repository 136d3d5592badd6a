import { type GGMLRelease, isFrom } from '../release.js';
import type { GuestConfig } from './guest-options.js';

/** Every option that is served and has a default, as the plug-in of a release has it. */
export type FilledConfig = GuestConfig &
  Required<
    Pick<
      GuestConfig,
      | 'n-predict'
      | 'reverse-prompt'
      | 'stream-stdout'
      | 'embedding'
      | 'ctx-size'
      | 'batch-size'
      | 'temp'
      | 'top-p'
      | 'top-k'
      | 'min-p'
      | 'repeat-penalty'
      | 'presence-penalty'
      | 'frequency-penalty'
      | 'last-n-penalty'
      | 'dry-multipier'
      | 'dry-base'
      | 'dry-allowed-length'
      | 'dry-last-n-penalty'
      | 'grammar'
    >
  >;

/** The defaults of a release. A context size of 0 is what the model was trained for, and an output below 0 has no bound. */
export function defaultsOf(release: GGMLRelease): FilledConfig {
  const newest = isFrom(release, '0.17');
  return {
    'n-predict': newest ? -1 : 512,
    'reverse-prompt': '',
    'stream-stdout': false,
    embedding: false,
    'ctx-size': newest ? 0 : 512,
    'batch-size': 2048,
    temp: 0.8,
    'top-p': 0.95,
    'top-k': 40,
    'min-p': 0.05,
    'repeat-penalty': 1,
    'presence-penalty': 0,
    'frequency-penalty': 0,
    'last-n-penalty': 64,
    'dry-multipier': 0,
    'dry-base': 1.75,
    'dry-allowed-length': 2,
    'dry-last-n-penalty': -1,
    grammar: '',
  };
}
