import type { LlamaModel, Token } from 'node-llama-cpp';

/** What is asked of a model. */
export type TokenizingModel = Pick<LlamaModel, 'vocabularyType'> & {
  readonly tokens: Pick<
    LlamaModel['tokens'],
    'bos' | 'eos' | 'sep' | 'shouldPrependBosToken' | 'shouldAppendEosToken'
  >;
};

/** The tokens that llama.cpp puts at the ends of a whole text; node-llama-cpp leaves that to the caller. */
export function tokensAtEnds({ vocabularyType, tokens }: TokenizingModel): {
  readonly begin: readonly Token[];
  readonly end: readonly Token[];
} {
  const { bos, eos, sep } = tokens;
  // Pieces of words always have both, whatever the file says.
  if (vocabularyType === 'wpm') return { begin: given(bos), end: given(sep) };
  return {
    begin: tokens.shouldPrependBosToken ? given(bos) : [],
    end: tokens.shouldAppendEosToken ? given(eos) : [],
  };
}

function given(token: Token | null): readonly Token[] {
  return token === null ? [] : [token];
}
