import type { LlamaModel } from 'node-llama-cpp';
import { expect, it, vi } from 'vitest';
import { chatPrompt } from './chat-prompt.js';

const resolveChatWrapper = vi.hoisted(() => vi.fn());
vi.mock('node-llama-cpp', () => ({ resolveChatWrapper }));

it('chooses what writes the dialogues of a model once, and warns of one without a template', () => {
  const tokens = [1, 2];
  resolveChatWrapper.mockReturnValue({
    generateContextState: () => ({ contextText: { tokenize: () => tokens } }),
  });
  const modelWith = (tokenizer: object) =>
    ({ fileInfo: { metadata: { tokenizer } } }) as unknown as LlamaModel;
  const models = [modelWith({ chat_template: '{{ messages }}' }), modelWith({})];
  const dialogue = JSON.stringify([{ role: 'user', content: 'Hello!' }]);
  const warn = vi.fn();
  for (const model of [...models, ...models]) expect(chatPrompt({ warn }, model, dialogue)).toEqual(tokens);
  const strictly = { fallbackToOtherWrappersOnJinjaError: false };
  expect(resolveChatWrapper.mock.calls).toEqual(models.map((model) => [model, strictly]));
  expect(warn).toHaveBeenCalledTimes(1);
});

it('says that a template takes too long', () => {
  const error = Object.assign(new Error('ended'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
  resolveChatWrapper.mockImplementation(() => {
    throw error;
  });
  const model = { fileInfo: { metadata: {} } } as unknown as LlamaModel;
  expect(() => chatPrompt({ warn() {} }, model, '[]')).toThrow(
    expect.objectContaining({
      errnoName: 'invalid_argument',
      message: expect.stringContaining('template cannot be used: it takes more than 10 s'),
    }),
  );
});
