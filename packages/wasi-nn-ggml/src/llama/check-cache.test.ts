import type { LlamaModel } from 'node-llama-cpp';
import { expect, it } from 'vitest';
import { defaultsOf } from '../options/defaults.js';
import type { GuestConfig } from '../options/guest-options.js';
import { checkCache } from './check-cache.js';

/** What is asked of a model. */
function modelWith(attention: object, flashAttentionSupported = true) {
  const metadata = { general: { architecture: 'llama' }, llama: { embedding_length: 512, attention } };
  return { fileInfo: { metadata }, fileInsights: { flashAttentionSupported } } as unknown as LlamaModel;
}

const check = (given: GuestConfig, model: LlamaModel) => () =>
  checkCache(model, { ...defaultsOf('0.17'), ...given });

// llama.cpp, llama_init_from_model: blocks must divide the heads, and packed values need flash attention.
it.each<[GuestConfig, LlamaModel, RegExp]>([
  [
    { 'cache-type-k': 8 },
    modelWith({ head_count: 32 }),
    /"cache-type-k" is Q8_0, .* multiple of 32; .* have 16/,
  ],
  [
    { 'cache-type-v': 20 },
    modelWith({ head_count: 8, value_length: 80 }),
    /"cache-type-v" is IQ4_NL, .* have 80/,
  ],
  [{ 'cache-type-v': 2, 'flash-attn': 'off' }, modelWith({ head_count: 8 }), /needs "flash-attn"; it is off/],
  [{ 'cache-type-v': 2 }, modelWith({ head_count: 8 }, false), /needs "flash-attn"; the model has none/],
])('refuses %j', (given, model, message) => expect(check(given, model)).toThrow(message));

it.each<[GuestConfig, LlamaModel]>([
  [{ 'cache-type-k': 8, 'cache-type-v': 8 }, modelWith({ head_count: 8 })],
  [{ 'cache-type-k': 8, 'flash-attn': 'off' }, modelWith({ head_count: 32, key_length: 64 })],
  [{ 'cache-type-k': 0, 'cache-type-v': 30 }, modelWith({ head_count: 32 }, false)],
  // Different in each layer: llama.cpp decides.
  [{ 'cache-type-k': 8 }, modelWith({ head_count: [8, 4] })],
])('leaves %j to llama.cpp', (given, model) => expect(check(given, model)).not.toThrow());
