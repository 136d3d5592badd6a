import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { LlamaModel } from 'node-llama-cpp';
import { blockSize, blocksOf } from '../options/cache-types.js';
import type { FilledConfig } from '../options/defaults.js';

/**
 * Checks whether a context of a model can be kept in the types that are asked for. llama.cpp would refuse it too, but node-llama-cpp then waits for ever when the model is
 * disposed.
 *
 * @throws {BackendFailure} `invalid_argument`, with the option that is wrong.
 */
export function checkCache(model: Pick<LlamaModel, 'fileInfo' | 'fileInsights'>, config: FilledConfig): void {
  const heads = headWidths(model.fileInfo.metadata);
  for (const [option, width] of [
    ['cache-type-k', heads.key],
    ['cache-type-v', heads.value],
  ] as const) {
    const type = blocksOf(config[option]);
    if (type === undefined || width === undefined || width % blockSize === 0) continue;
    throw new BackendFailure(
      'invalid_argument',
      `"${option}" is ${type}, which needs heads whose width is a multiple of ${blockSize}; those of the model have ${width}.`,
    );
  }
  const type = blocksOf(config['cache-type-v']);
  const attention = config['flash-attn'];
  const isOff = attention === false || attention === 'off' || attention === 'disabled';
  if (type === undefined || (!isOff && model.fileInsights.flashAttentionSupported)) return;
  throw new BackendFailure(
    'invalid_argument',
    `"cache-type-v" is ${type}, which needs "flash-attn"; ${isOff ? 'it is off' : 'the model has none'}.`,
  );
}

/** The widths of the heads of keys and of values, where they are the same in all layers. */
function headWidths(metadata: LlamaModel['fileInfo']['metadata']) {
  const own = (metadata as Record<string, unknown>)[metadata.general.architecture];
  const { embedding_length: width, attention = {} } = (own ?? {}) as {
    embedding_length?: unknown;
    attention?: { key_length?: unknown; value_length?: unknown; head_count?: unknown };
  };
  const { head_count: heads, key_length: key, value_length: value } = attention;
  const shared = typeof width === 'number' && typeof heads === 'number' ? width / heads : undefined;
  const of = (given: unknown) => (typeof given === 'number' ? given : shared);
  return { key: of(key), value: of(value) };
}
