import type { Token } from 'node-llama-cpp';
import { expect, it } from 'vitest';
import { type RankingModel, rankingPrompt } from './ranking-prompt.js';

/** Begin, end, and what parts; a letter is its number, and `<|` one token where it may control the model. */
const [bos, eos, sep, control] = [1, 2, 3, 4] as Token[];

function modelOf(given: Partial<RankingModel['tokens']>, template?: string, type = 'bpe'): RankingModel {
  return {
    vocabularyType: type as RankingModel['vocabularyType'],
    tokens: { bos, eos, sep, shouldPrependBosToken: true, shouldAppendEosToken: true, ...given } as never,
    fileInfo: { metadata: { tokenizer: { 'chat_template.rerank': template } } } as never,
    tokenize: (text, special = false) =>
      text
        .split(/(<\|)/)
        .flatMap((part) =>
          part === '<|' && special ? [control] : [...part].map((letter) => letter.charCodeAt(0)),
        ) as Token[],
  };
}

const [q, d] = ['q', 'd'].map((letter) => letter.charCodeAt(0));
const pair = JSON.stringify(['q', 'd']);

// Of BERT: Devlin et al. 2018, figure 2. Of RoBERTa: the tokenizer of XLM-RoBERTa in transformers. The others: format_prompt_rerank in llama.cpp's tools/server.
it.each<[string, RankingModel, unknown[]]>([
  ['BERT', modelOf({ eos: null }, undefined, 'wpm'), [bos, q, sep, d, sep]],
  // Some files call the token between two texts the end, too.
  ['BERT with an end', modelOf({ eos: sep ?? null }, undefined, 'wpm'), [bos, q, sep, d, sep]],
  ['RoBERTa', modelOf({ sep: eos ?? null }), [bos, q, eos, eos, d, eos]],
  ['one without a token that parts', modelOf({ sep: null }), [bos, q, eos, d, eos]],
  ['one with a template', modelOf({}, '<|a{query}b{document}<|'), [control, 97, q, 98, d, control]],
])('writes a query and a document for %s', (_, model, expected) => {
  expect(rankingPrompt(model, pair)).toEqual(expected);
});

it('lets no text control the model', () => {
  const plain = [...'<|'].map((letter) => letter.charCodeAt(0));
  const json = JSON.stringify(['<|', '{query}']);
  expect(rankingPrompt(modelOf({}, '{query}<|{document}'), json)).toEqual([
    ...plain,
    control,
    ...[...'{query}'].map((letter) => letter.charCodeAt(0)),
  ]);
});
