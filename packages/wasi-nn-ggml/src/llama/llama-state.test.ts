import type { Llama, LlamaModel } from 'node-llama-cpp';
import { expect, it } from 'vitest';
import { LlamaState } from './llama-state.js';
import type { LlamaNews, LlamaTaskOptions } from './task-options.js';

// As LlamaModel.getWarnings() of node-llama-cpp 3.21.1 has it.
const doubt =
  'Using this model ("a.gguf") to tokenize text and then detokenize it resulted in a different text. There might be an issue with the model';

it.each([
  ['wpm', []],
  ['spm', [`warn llama.cpp: ${doubt}`]],
] as const)('with a vocabulary of the kind %s tells of %j', (vocabularyType, expected) => {
  const lines: string[] = [];
  const tell = (news: LlamaNews) => {
    if (news.kind === 'log') lines.push(`${news.level} ${news.message}`);
  };
  const llama = {} as { logger: (level: string, message: string) => void };
  const state = new LlamaState({} as LlamaTaskOptions, llama as unknown as Llama, 0, tell);
  llama.logger('warn', doubt);
  for (const _ of [1, 2]) state.passDoubt({ vocabularyType } as LlamaModel);
  expect(lines).toEqual(expected);
  llama.logger('warn', 'Another thing.');
  expect(lines.at(-1)).toBe('warn llama.cpp: Another thing.');
});
