import { createInterface } from 'node:readline/promises';
import type { ChatMessage, GGMLSession } from '@wasmedge-plugins/wasi-nn-ggml';

/** Where a chat reads and writes. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * A chat from TypeScript: each line is a question, whose answer is printed as it comes. Ctrl-C ends an answer, and with none the chat.
 *
 * @param temperature how much chance decides.
 */
export async function chatOnHost(
  session: GGMLSession,
  { input, output }: Terminal,
  temperature = 0.8,
): Promise<void> {
  const lines = createInterface({ input });
  const messages: ChatMessage[] = [];
  let answering: AbortController | undefined;
  const stop = () => {
    if (answering === undefined) lines.close();
    answering?.abort();
  };
  process.on('SIGINT', stop);
  try {
    for await (const content of lines) {
      messages.push({ role: 'user', content });
      answering = new AbortController();
      const answer = await print(session, messages, temperature, answering.signal, output);
      messages.push({ role: 'assistant', content: answer });
      answering = undefined;
    }
  } finally {
    process.off('SIGINT', stop);
  }
}

/** Prints an answer; returns as much of it as came. */
async function print(
  session: GGMLSession,
  messages: readonly ChatMessage[],
  temperature: number,
  signal: AbortSignal,
  output: NodeJS.WritableStream,
): Promise<string> {
  let text = '';
  try {
    for await (const piece of session.generate(messages, { temperature, signal })) {
      text += piece;
      output.write(piece);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  output.write('\n');
  return text;
}
