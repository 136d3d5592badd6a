import { InvalidArgumentError } from '@wasmedge-plugins/core';
import type { ModelCalls } from './model-calls.js';

/** A document with its score. */
export interface RankedDocument {
  /** The document as it was given. */
  readonly document: string;
  /** Where the document is in those that were given, from 0. */
  readonly index: number;
  /** A number without unit, as the model gives it: of most models a logit without bounds, whose logistic function is a probability; of Qwen3-Reranker the probability. */
  readonly score: number;
}

/** What is to be ranked. */
export interface RankedTexts {
  readonly query: string;
  readonly documents: readonly string[];
}

/**
 * Checks what is to be ranked; what the caller changes afterwards is not seen.
 *
 * @throws {InvalidArgumentError} when it is something else.
 */
export function checkRanked(query: string, documents: readonly string[]): RankedTexts {
  if (typeof query !== 'string') throw new InvalidArgumentError('rank() takes the query as a string.');
  if (!Array.isArray(documents) || !documents.every((document) => typeof document === 'string')) {
    throw new InvalidArgumentError('rank() takes the documents as an array of strings.');
  }
  return { query, documents: [...documents] };
}

/** The documents, best first. */
export async function rankDocuments(
  calls: ModelCalls,
  { query, documents }: RankedTexts,
): Promise<readonly RankedDocument[]> {
  const ranked: RankedDocument[] = [];
  for (const [index, document] of documents.entries()) {
    ranked.push({ document, index, score: await calls.rank(query, document) });
  }
  return ranked.sort((a, b) => b.score - a.score);
}
