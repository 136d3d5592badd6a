import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import {
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
} from 'node-llama-cpp';
import type { ChatMessage } from '../session/chat-message.js';

/** What writes dialogues for a model: chosen by trying its template, which takes longer than most answers. It keeps nothing of a dialogue. */
const wrappers = new WeakMap<LlamaModel, ChatWrapper>();

/** The tokens of a dialogue, as the model's own chat template writes it, up to where the model answers. */
export function chatPrompt(model: LlamaModel, json: string): Token[] {
  const messages = JSON.parse(json) as readonly ChatMessage[];
  const chatHistory = messages.map(
    ({ role, content }): ChatHistoryItem =>
      role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content },
  );
  try {
    const history = [...chatHistory, { type: 'model' as const, response: [] }];
    const { contextText } = wrapperOf(model).generateContextState({ chatHistory: history });
    return contextText.tokenize(model.tokenizer);
  } catch (error) {
    throw new BackendFailure(
      'invalid_argument',
      `The model's chat template does not take these messages: ${(error as Error).message}`,
    );
  }
}

function wrapperOf(model: LlamaModel): ChatWrapper {
  const wrapper = wrappers.get(model) ?? resolveChatWrapper(model);
  wrappers.set(model, wrapper);
  return wrapper;
}
