import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import {
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
} from 'node-llama-cpp';
import type { ChatMessage } from '../session/chat-message.js';
import type { LlamaState } from './llama-state.js';
import { withinTime } from './within-time.js';

/** How long a template may take, in milliseconds: it is a program of the model, which may never end. */
export const longestTemplate = 10_000;

/** What writes dialogues for a model: chosen by trying its template, which takes longer than most answers. It keeps nothing of a dialogue. */
const wrappers = new WeakMap<LlamaModel, ChatWrapper>();

/** The tokens of a dialogue, as the model's own chat template writes it, up to where the model answers. */
export function chatPrompt(state: Pick<LlamaState, 'warn'>, model: LlamaModel, json: string): Token[] {
  const messages = JSON.parse(json) as readonly ChatMessage[];
  const chatHistory = messages.map(
    ({ role, content }): ChatHistoryItem =>
      role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content },
  );
  const history = [...chatHistory, { type: 'model' as const, response: [] }];
  const wrapper = wrappers.get(model) ?? trying('cannot be used', () => newWrapper(state, model));
  wrappers.set(model, wrapper);
  const { contextText } = trying('does not take these messages', () =>
    wrapper.generateContextState({ chatHistory: history }),
  );
  return contextText.tokenize(model.tokenizer);
}

function newWrapper(state: Pick<LlamaState, 'warn'>, model: LlamaModel): ChatWrapper {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (template === undefined || template.trim() === '') {
    state.warn(
      'the model has no chat template; messages are written in a general form. Give generate() a text in the form that the model knows.',
    );
  }
  // Otherwise the general form would be taken, without a word, for a template that fails.
  return resolveChatWrapper(model, { fallbackToOtherWrappersOnJinjaError: false });
}

function trying<Result>(problem: string, work: () => Result): Result {
  try {
    return withinTime(longestTemplate, work);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isTooLong = code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw new BackendFailure(
      'invalid_argument',
      `The model's chat template ${problem}: ${isTooLong ? `it takes more than ${longestTemplate / 1000} s` : message}. Give generate() a text instead of messages.`,
    );
  }
}
