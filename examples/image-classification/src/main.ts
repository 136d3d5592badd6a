// node dist/main.js [--guest] [--backend onnx|openvino|pytorch|tflite] picture.jpg …
import { parseArgs } from 'node:util';
import { type BackendName, backendNames } from './backends.js';
import { classifyInGuest } from './classify-in-guest.js';
import { classifyOnHost } from './classify-on-host.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    guest: { type: 'boolean', default: false },
    backend: { type: 'string', default: 'tflite' },
  },
});
const backend = values.backend as BackendName;
if (!backendNames.includes(backend) || positionals.length === 0) {
  console.error(`Usage: node dist/main.js [--guest] [--backend ${backendNames.join('|')}] picture.jpg …`);
  process.exit(2);
}
try {
  for (const picture of positionals) console.log(`${picture}: ${await classify(picture)}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function classify(picture: string): Promise<string> {
  if (values.guest) return (await classifyInGuest([backend], picture)).trim();
  const { label, score } = await classifyOnHost(backend, picture);
  return `${backend}: ${label} ${score.toFixed(3)}`;
}
