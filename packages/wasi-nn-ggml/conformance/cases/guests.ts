import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { CaseContext, ConformanceCase } from '@wasmedge-plugins/conformance';
import { greedy } from '../ggml-guest.js';
import { continued, dialogue } from '../models.js';

// Also from the built file in `dist`.
const guest = new URL(
  import.meta.url.endsWith('.ts')
    ? '../wasmedge-wasi-nn-guest.wasm'
    : '../conformance/wasmedge-wasi-nn-guest.wasm',
  import.meta.url,
);

type Task = readonly [model: string, options: object, task: string, prompt: string];

/** The lines that the guest prints when it is run with these tasks. */
async function run(context: CaseContext, tasks: readonly Task[]): Promise<string[]> {
  const args = tasks.flatMap(([model, options, ...rest]) => [model, JSON.stringify(options), ...rest]);
  const runtime = await context.createRuntime({ wasi: { args, stdin: 'ignore', stdout: 'capture' } });
  const { exitCode, stdout } = await runtime.run(readFileSync(guest));
  assert.equal(exitCode, 0);
  return Buffer.from(stdout).toString().split('\n');
}

/** Cases of guests in Rust on the crate that LlamaEdge's guests use. */
export const guestCases: readonly ConformanceCase[] = [
  {
    name: 'a guest of the crate wasmedge-wasi-nn 0.8.0 reads a whole text, and what it prints while it is computed',
    source: 'a forward pass in NumPy of the same file; WasmEdge prints to the standard output of the host',
    upstreamDiffers: 'it prints to the standard output of the host, which no guest is given',
    detects: ['nothing printed'],
    async run(context) {
      const { prompt, text, tokens, inputTokens } = dialogue('Speak German.');
      const lines = await run(context, [['default', { ...greedy, 'stream-stdout': true }, 'whole', prompt]]);
      const counts = (output: number) =>
        `{"input_tokens": ${inputTokens}, "output_tokens": ${output}, "llama_build_number": 0, "llama_commit": "v0.4.0"}`;
      assert.deepEqual(lines, [counts(0), `${text}${text}`, counts(tokens.length), '']);
    },
  },
  {
    name: 'a guest of the crate reads pieces to their end, loads and unloads, and knows a missing model',
    source: 'a forward pass in NumPy of the same file; 103 is ModelNotFound in the crate',
    async run(context) {
      const { prompt, pieces, tokens } = dialogue('Smile!');
      const sea = continued('The sea').text;
      const [single, metadata, ...others] = await run(context, [
        ['default', greedy, 'pieces', prompt],
        ['default', greedy, 'rounds', 'The sea'],
        ['lost', greedy, 'whole', 'The sea'],
      ]);
      assert.equal(single, pieces.slice(0, -1).join(' '));
      assert.equal(JSON.parse(metadata ?? '').output_tokens, tokens.length);
      assert.deepEqual(others.slice(0, 5), [sea, sea, sea, sea, sea]);
      assert.match(others[5] ?? '', /^error: .*Model Not Found$/);
    },
  },
  {
    name: 'a guest that passes a buffer of no length, as LlamaEdge does, gets what its allocator has given it',
    source: 'LlamaEdge: a vector of capacity 245888; a vector that was not allocated gets nothing',
    detects: ['no length refused'],
    async run(context) {
      const lines = await run(context, [['default', greedy, 'llamaedge', 'The sea']]);
      const { text, inputTokens, tokens } = continued('The sea');
      assert.equal(lines[0], text);
      assert.match(
        lines[1] ?? '',
        new RegExp(`"input_tokens": ${inputTokens}, "output_tokens": ${tokens.length}`),
      );
      assert.equal(lines[2], 'false');
    },
  },
];
