import type { ConfigOf } from '@wasmedge-plugins/wasi-nn/kit';
import { type GGMLRelease, isFrom } from '../release.js';
import { cacheTypes } from './cache-types.js';
import { attentionTypes, poolingTypes, ropeScalingTypes } from './context-types.js';
import { flashAttention } from './flash-attention.js';
import { numaPolicies } from './numa-policies.js';
import { decimal, flag, type GuestOption, integer, numberOf, text } from './option.js';
import { tensorSplit } from './tensor-split.js';

const later = { since: '0.15' } as const;
const ignored = { use: 'ignored' } as const;
const idle = { use: 'idle' } as const;

/** The options of the JSON that guests pass, with the names of WasmEdge. Any other name is ignored, as there. */
export const guestOptions = {
  'enable-log': flag('calls'),
  'enable-debug-log': flag('calls'),
  'stream-stdout': flag('calls'),
  'n-predict': integer('calls'),
  'reverse-prompt': text('calls'),
  'always-regenerate-image-embd': flag('calls', { ...later, ...idle }),
  mmproj: text('calls'),
  image: text('calls'),
  tts: flag('calls', later),
  'model-vocoder': text('calls', later),
  'tts-output-file': text('calls', { ...later, ...ignored }),
  'tts-speaker-file': text('calls', { ...later, ...ignored }),

  'n-gpu-layers': integer('model'),
  'main-gpu': integer('model', ignored),
  'tensor-split': tensorSplit,
  'split-mode': text('model', { ...later, ...ignored, oneOf: ['none', 'layer', 'row'] }),
  'use-mmap': flag('model'),
  'use-mlock': flag('model', later),
  'check-tensors': flag('model', later),
  'no-kv-offload': flag('context', { ...later, ...ignored }),
  warmup: flag('model', { ...later, ...idle }),
  numa: numberOf('model', numaPolicies, later),
  'cpu-moe': flag('model', { since: '0.16', ...ignored }),
  'n-cpu-moe': integer('model', { since: '0.16', ...ignored, min: 0 }),

  embedding: flag('context'),
  reranking: flag('context', later),
  'ctx-size': integer('context', { min: 0 }),
  'batch-size': integer('context', { min: 1 }),
  'ubatch-size': integer('context', { ...ignored, min: 0 }),
  threads: integer('context'),
  'threads-batch': integer('context', { ...later, ...idle }),
  'flash-attn': flashAttention('string'),
  'cache-type-k': numberOf('context', cacheTypes, later),
  'cache-type-v': numberOf('context', cacheTypes, later),
  'pooling-type': numberOf('context', poolingTypes, later),
  'attention-type': numberOf('context', attentionTypes, later),
  'rope-scaling-type': numberOf('context', ropeScalingTypes, later),
  'rope-freq-base': decimal('context', { ...later, min: 0, max: 1e12 }),
  'rope-freq-scale': decimal('context', { ...later, min: 0, max: 1e6 }),
  'yarn-orig-ctx': integer('context', { ...later, min: 0, max: 2 ** 30 }),
  'yarn-attn-factor': decimal('context', { ...later, min: -1, max: 1e6 }),
  'yarn-ext-factor': decimal('context', { ...later, ...ignored }),
  'yarn-beta-fast': decimal('context', { ...later, ...ignored }),
  'yarn-beta-slow': decimal('context', { ...later, ...ignored }),
  'n-keep': integer('context', { ...later, ...idle }),
  'n-chunks': integer('context', { ...later, ...idle }),
  'n-parallel': integer('context', { ...later, ...idle }),

  temp: decimal('sampling'),
  'top-p': decimal('sampling'),
  'top-k': integer('sampling', later),
  'min-p': decimal('sampling', later),
  'repeat-penalty': decimal('sampling'),
  'presence-penalty': decimal('sampling'),
  'frequency-penalty': decimal('sampling'),
  'last-n-penalty': integer('sampling', later),
  'xtc-probability': decimal('sampling', later),
  'xtc-threshold': decimal('sampling', later),
  'typ-p': decimal('sampling', { ...later, ...ignored }),
  'dynatemp-range': decimal('sampling', { ...later, ...ignored }),
  'dynatemp-exponent': decimal('sampling', { ...later, ...ignored }),
  mirostat: integer('sampling', { ...later, ...ignored }),
  'mirostat-eta': decimal('sampling', { ...later, ...ignored }),
  // Spelt so in WasmEdge.
  'dry-multipier': decimal('sampling', later),
  'dry-base': decimal('sampling', later),
  'dry-allowed-length': integer('sampling', later),
  'dry-last-n-penalty': integer('sampling', later),
  'n-probs': integer('sampling', { ...later, ...idle }),
  'ignore-eos': flag('sampling', later),
  seed: integer('sampling', later),
  grammar: text('sampling'),
  'json-schema': text('sampling'),
  'embd-normalize': integer('calls', { ...later, ...idle }),
} as const satisfies Readonly<Record<string, GuestOption<never>>>;

/** The options as a guest, or the host's `config`, gives them; each may be omitted. */
export type GuestConfig = ConfigOf<typeof guestOptions>;

/** The options that a release knows, as it knows them. */
export function optionsOf(release: GGMLRelease): typeof guestOptions {
  const known = Object.entries(guestOptions).filter(([, { since }]) => isFrom(release, since));
  const options: Record<string, GuestOption<never>> = Object.fromEntries(known);
  if (!isFrom(release, '0.15')) {
    // Unsigned there.
    options['n-predict'] = integer('calls', { min: 0 });
    options.threads = integer('context', { min: 0 });
  } else if (!isFrom(release, '0.17')) options['flash-attn'] = flashAttention('boolean');
  return options as typeof guestOptions;
}
