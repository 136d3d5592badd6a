import { readFileSync, writeSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { type ProbeRequest, probeWords } from '../native/plugins/probe-plugin.js';
import { nativePlugin } from '../plugin/native-plugin.js';
import { createInlineRuntime } from './create-inline-runtime.js';
import { describePlugin } from './describe-plugin.js';

// The program of the process that tries a native plug-in; what it answers goes to descriptor 3, since the plug-in may print.

const { library, file, options } = deserialize(readFileSync(0)) as ProbeRequest;
const logger = () => undefined;
const setup = { engine: 'wasmedge', library, logger } as const;

// What does not work without the plug-in does not work because of it.
(await createInlineRuntime(setup))[Symbol.dispose]();
writeSync(3, probeWords.ready);

try {
  using runtime = await createInlineRuntime({ ...setup, plugins: [nativePlugin({ path: file, options })] });
  for (const { name } of runtime.report().plugins) {
    describePlugin(runtime, name);
  }
} catch {
  // Whatever it is, the process that asked comes upon it too, and tells it.
}
writeSync(3, probeWords.survived);
