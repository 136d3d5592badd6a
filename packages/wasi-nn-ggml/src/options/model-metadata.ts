import { asInFile, attentionTypes, ropeScalingTypes } from './context-types.js';
import type { GuestConfig } from './guest-options.js';

/** With which a text has scores in place of a vector, if the model has a head for them; guests choose it by `reranking`. */
export const rankPooling = 4;

/** A value of the metadata of a model's file, which has a type of its own for whole numbers. */
export type MetadataValue = string | number | boolean;

/**
 * What is read as metadata of the model in place of what its file says, since node-llama-cpp has no such settings of contexts: names without that of the architecture. Empty
 * where the options leave all as the file says.
 */
export function metadataOf(config: GuestConfig): Readonly<Record<string, MetadataValue>> {
  const pooling = config['pooling-type'] ?? asInFile;
  const { 'rope-freq-base': base = 0, 'rope-freq-scale': scale = 0 } = config;
  const { 'yarn-orig-ctx': trained = 0, 'yarn-attn-factor': attention = asInFile } = config;
  const values = {
    pooling_type: config.reranking === true ? rankPooling : pooling === asInFile ? undefined : pooling,
    'attention.causal': attentionTypes.get(config['attention-type'] ?? asInFile),
    'rope.freq_base': base === 0 ? undefined : decimalOf(base),
    'rope.scaling.type': ropeScalingTypes.get(config['rope-scaling-type'] ?? asInFile),
    'rope.scaling.factor': scale === 0 ? undefined : decimalOf(1 / scale),
    'rope.scaling.original_context_length': trained === 0 ? undefined : trained,
    'rope.scaling.attn_factor': attention < 0 ? undefined : decimalOf(attention),
  };
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Record<string, MetadataValue>;
}

/** The same as a number of 32 bits, but never a whole one, which node-llama-cpp would take for an integer, and llama.cpp then ignore. */
function decimalOf(value: number): number {
  return Number.isInteger(value) ? value * (1 + 2 ** -40) + Number.MIN_VALUE : value;
}
