import type { LlamaModel } from 'node-llama-cpp';
import { expect, it, vi } from 'vitest';
import { chatPrompt } from './chat-prompt.js';

const resolveChatWrapper = vi.hoisted(() => vi.fn());
vi.mock('node-llama-cpp', () => ({ resolveChatWrapper }));

it('chooses what writes the dialogues of a model once', () => {
  const tokens = [1, 2];
  resolveChatWrapper.mockReturnValue({
    generateContextState: () => ({ contextText: { tokenize: () => tokens } }),
  });
  const models = [{}, {}] as LlamaModel[];
  const dialogue = JSON.stringify([{ role: 'user', content: 'Hello!' }]);
  for (const model of [...models, ...models]) expect(chatPrompt(model, dialogue)).toEqual(tokens);
  expect(resolveChatWrapper.mock.calls).toEqual(models.map((model) => [model]));
});
