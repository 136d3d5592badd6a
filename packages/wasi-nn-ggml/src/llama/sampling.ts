import type { SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import type { FilledConfig } from '../options/defaults.js';

/** Tokens that are looked back at for penalties, at most: each is looked at again for every new one. */
const mostPunished = 4096;

/**
 * How tokens are chosen.
 *
 * @param generated the tokens so far, which grow meanwhile; those of the prompt are not punished.
 * @param contextSize how many tokens there is room for.
 */
export function samplingOf(
  config: FilledConfig,
  generated: readonly Token[],
  contextSize: number,
): SequenceEvaluateOptions {
  const { seed = -1 } = config;
  return {
    temperature: Math.max(0, config.temp),
    topK: Math.max(0, config['top-k']),
    topP: Math.max(0, config['top-p']),
    minP: Math.max(0, config['min-p']),
    // The library's own default is the clock in seconds.
    seed: seed < 0 ? Math.floor(Math.random() * 2 ** 32) : seed,
    ...penaltiesOf(config, generated),
    ...repetitionsOf(config, contextSize),
    ...exclusionOf(config),
  };
}

/** What tokens that were there lose. */
function penaltiesOf(config: FilledConfig, generated: readonly Token[]): SequenceEvaluateOptions {
  const penalty = Math.max(0, config['repeat-penalty']);
  const presencePenalty = Math.max(0, config['presence-penalty']);
  const frequencyPenalty = Math.max(0, config['frequency-penalty']);
  const count = Math.min(Math.max(0, config['last-n-penalty']), mostPunished);
  if (count === 0 || (penalty === 1 && presencePenalty === 0 && frequencyPenalty === 0)) return {};
  const punishTokens = () => generated.slice(-count);
  return {
    repeatPenalty: { punishTokens, maxPunishTokens: count, penalty, presencePenalty, frequencyPenalty },
  };
}

/** What tokens lose that would go on with a repetition (DRY). llama.cpp looks back at most at all of the context, and allocates as much. */
function repetitionsOf(config: FilledConfig, contextSize: number): SequenceEvaluateOptions {
  const { 'dry-multipier': strength, 'dry-base': base, 'dry-last-n-penalty': last } = config;
  if (strength <= 0 || base < 1 || last === 0) return {};
  const lastTokens = last < 0 ? contextSize : Math.min(last, contextSize);
  return { dryRepeatPenalty: { strength, base, allowedLength: config['dry-allowed-length'], lastTokens } };
}

/** When the likeliest tokens are left out (XTC). */
function exclusionOf(config: FilledConfig): SequenceEvaluateOptions {
  const { 'xtc-probability': probability = 0, 'xtc-threshold': threshold = 0.1 } = config;
  if (probability <= 0) return {};
  return { xtc: { probability: Math.min(1, probability), threshold: clamp01(threshold) } };
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
