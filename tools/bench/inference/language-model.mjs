// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../lib/repository.mjs';
import { capture } from '../../lib/run.mjs';
import { cache, pythonWith } from './models.mjs';

const scripts = join(repositoryRoot, 'tools/models/chat');

/**
 * A language model of random weights, made when it is not in the cache yet: 70 MB.
 * @returns {{ file: string } | { reason: string }} the reason why it cannot be made here
 */
export function languageModel() {
  const source = createHash('sha256');
  for (const name of ['random_weights.py', 'write.py', 'vocabulary.py']) {
    source.update(readFileSync(join(scripts, name)));
  }
  const file = join(cache, `bench-ggml-${source.digest('hex').slice(0, 16)}.gguf`);
  if (existsSync(file)) return { file };
  const unfinished = `${file}.${process.pid}.unfinished`;
  mkdirSync(cache, { recursive: true });
  const python = pythonWith('gguf==0.19.0');
  const { code, stderr } = capture(python, ['-B', join(scripts, 'random_weights.py'), unfinished]);
  if (code !== 0) {
    rmSync(unfinished, { force: true });
    return { reason: `random_weights.py could not make its model: ${stderr.trim().split('\n').at(-1)}` };
  }
  renameSync(unfinished, file);
  return { file };
}
