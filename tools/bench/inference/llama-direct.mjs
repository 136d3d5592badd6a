// @ts-check
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../../lib/repository.mjs';
import { sumOf } from '../measures/instantiation.mjs';
import { timedAsync } from '../rounds.mjs';

/** From where node-llama-cpp is found; it exports nothing for require(). */
const from = createRequire(join(repositoryRoot, 'packages/wasi-nn-ggml/package.json'));
const byteKind = 6;

/**
 * node-llama-cpp called in this process, with the options that the guest has.
 * @param {string} file
 * @param {{ prompt: string, tokens: number, contextSize: number }} work
 */
export async function openLlamaDirect(file, { prompt, tokens, contextSize }) {
  const folder = (from.resolve.paths('node-llama-cpp') ?? [])[0] ?? '';
  /** @type {typeof import('../../../packages/wasi-nn-ggml/node_modules/node-llama-cpp/dist/index.js')} */
  const library = await import(pathToFileURL(join(folder, 'node-llama-cpp/dist/index.js')).href);
  const llama = await library.getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: 1,
    logger() {},
  });
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({
    contextSize: contextSize + 1,
    batchSize: contextSize,
    threads: 1,
    flashAttention: 'auto',
  });
  const sequence = context.getSequence();
  const { bos } = model.tokens;
  const given = [...(bos === null ? [] : [bos]), ...model.tokenize(prompt, true)];
  const { tokens: texts = [], token_type: kinds = [] } = model.fileInfo.metadata.tokenizer.ggml;
  const bytesOf = (/** @type {number} */ token) => {
    const text = String(texts[token]);
    return kinds[token] === byteKind ? Buffer.from(text.slice(3, 5), 'hex') : Buffer.from(text);
  };
  return {
    generate: async (/** @type {number} */ count) => {
      let answer = Buffer.alloc(0);
      const { nanoseconds } = await timedAsync(async () => {
        for (let index = 0; index < count; index++) {
          await sequence.clearHistory();
          const pieces = [];
          const options = { temperature: 0, topK: 40, topP: 0.95, minP: 0.05, yieldEogToken: true };
          for await (const token of sequence.evaluate(given, options)) {
            pieces.push(bytesOf(token));
            if (pieces.length === tokens) break;
          }
          answer = Buffer.concat(pieces);
        }
        return 0;
      });
      return { nanoseconds, answer: sumOf(answer) };
    },
    close: () => llama.dispose(),
  };
}
