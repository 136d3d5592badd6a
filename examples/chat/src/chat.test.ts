import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ggml } from '@wasmedge-plugins/wasi-nn-ggml';
import { expect, it } from 'vitest';
import { chatInGuest } from './chat-in-guest.js';
import { chatOnHost } from './chat-on-host.js';

const model = createRequire(import.meta.url).resolve('@wasmedge-plugins/wasi-nn-ggml/samples/chat.gguf');

// What the model knows by heart; see tools/models/chat/dialogues.txt.
it('answers from TypeScript with the model’s own chat template', async () => {
  expect(existsSync(model)).toBe(true);
  const session = await ggml().session({ file: model, config: { threads: 1 } });
  const output = new PassThrough();
  const printed = text(output);
  await chatOnHost(session, { input: Readable.from(['Speak German.\n']), output }, 0);
  output.end();
  session[Symbol.dispose]();
  expect(await printed).toBe('Grüß dich! Ich übe schöne Wörter: Äpfel, Öl, Straße.\n');
});

it('answers from a guest, which prints whole characters', async () => {
  const chunks: Uint8Array[] = [];
  const stdout = new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(chunk) });
  const env = { temp: '0', ctx_size: '256' };
  expect(await chatInGuest(model, { stdin: 'Smile!\n', stdout, env })).toBe(0);
  expect(Buffer.concat(chunks).toString()).toBe('Here you are: 😀 🙂 😉\n');
});
