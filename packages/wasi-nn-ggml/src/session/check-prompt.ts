import { InvalidArgumentError, isTable } from '@wasmedge-plugins/core';
import type { ChatMessage } from './chat-message.js';

const roles: readonly unknown[] = ['system', 'user', 'assistant'];

/** A prompt as the model is given it: by the number of its input, and its text. */
export interface GivenPrompt {
  readonly input: 0 | 2;
  readonly text: string;
}

/**
 * Checks a prompt; what the caller changes afterwards is not seen.
 *
 * @throws {InvalidArgumentError} when it is neither a text nor a dialogue.
 */
export function checkPrompt(prompt: string | readonly ChatMessage[]): GivenPrompt {
  if (typeof prompt === 'string') return { input: 0, text: prompt };
  if (!Array.isArray(prompt) || prompt.length === 0) {
    throw new InvalidArgumentError('The prompt of generate() must be a string, or an array of messages.');
  }
  // Also where an element is missing.
  const messages = Array.from(prompt, (message: unknown, index) => {
    const { role, content } = isTable(message) ? (message as Partial<ChatMessage>) : {};
    if (roles.includes(role) && typeof content === 'string') return { role, content };
    throw new InvalidArgumentError(
      `Message ${index} of generate() must have a role, ${roles.join(' or ')}, and its content as a string.`,
    );
  });
  return { input: 2, text: JSON.stringify(messages) };
}
