import type { LlamaModel, Token } from 'node-llama-cpp';
import { type TokenizingModel, tokensAtEnds } from './tokens-at-ends.js';

/** What is asked of a model. */
export type RankingModel = TokenizingModel & {
  tokenize(text: string, specialTokens?: boolean): Token[];
  readonly fileInfo: Pick<LlamaModel['fileInfo'], 'metadata'>;
};

/**
 * The tokens of a query with a document, as models that rank were trained with: by the file's own template, or both texts with the tokens between and around them. What
 * controls a model has no effect in either text.
 */
export function rankingPrompt(model: RankingModel, json: string): Token[] {
  const [query, document] = JSON.parse(json) as readonly [string, string];
  const texts = new Map([
    ['{query}', query],
    ['{document}', document],
  ]);
  const template = model.fileInfo.metadata.tokenizer?.['chat_template.rerank'];
  if (typeof template === 'string') {
    const parts = template.split(/(\{query\}|\{document\})/);
    // The template writes the tokens at the ends itself.
    return parts.flatMap((part) => model.tokenize(texts.get(part) ?? part, !texts.has(part)));
  }
  const { begin, end } = tokensAtEnds(model);
  return [...begin, ...model.tokenize(query), ...between(model), ...model.tokenize(document), ...end];
}

/** BERT has one token there, RoBERTa the end of a text and the beginning of the next. */
function between({ vocabularyType, tokens: { eos, sep } }: TokenizingModel): readonly Token[] {
  return [vocabularyType === 'wpm' ? null : eos, sep].filter((token) => token !== null);
}
