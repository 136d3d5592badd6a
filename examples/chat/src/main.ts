import { existsSync } from 'node:fs';
import { ggml } from '@wasmedge-plugins/wasi-nn-ggml';
import { chatInGuest } from './chat-in-guest.js';
import { chatOnHost } from './chat-on-host.js';

const [file, where = 'host'] = process.argv.slice(2);
if (file === undefined || !['host', 'guest'].includes(where)) {
  console.error('Usage: node dist/main.js MODEL.gguf [host|guest]');
  process.exit(2);
}
if (!existsSync(file)) {
  console.error(`There is no file ${file}.`);
  process.exit(1);
}
if (where === 'guest') {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  process.exitCode = await chatInGuest(file, { signal: controller.signal });
} else {
  const session = await ggml().session({ file });
  await chatOnHost(session, { input: process.stdin, output: process.stdout });
  session[Symbol.dispose]();
}
