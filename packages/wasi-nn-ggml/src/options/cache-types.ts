/**
 * The types of numbers in which a context can keep what it has computed, as ggml numbers and names them.
 *
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/include/ggml.h
 */
export const cacheTypes = new Map([
  [0, 'F32'],
  [1, 'F16'],
  [2, 'Q4_0'],
  [3, 'Q4_1'],
  [6, 'Q5_0'],
  [7, 'Q5_1'],
  [8, 'Q8_0'],
  [20, 'IQ4_NL'],
  [30, 'BF16'],
] as const);

/** How many numbers are packed together. */
export const blockSize = 32;

type CacheType = typeof cacheTypes extends ReadonlyMap<infer Key, unknown> ? Key : never;

/** The name of a type that packs numbers in blocks, which not every model's heads can be divided into. */
export function blocksOf(type: CacheType | undefined): string | undefined {
  const name = type === undefined ? undefined : cacheTypes.get(type);
  return name?.includes('Q') ? name : undefined;
}
