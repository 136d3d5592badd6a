import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { lastWords, mostWords } from './last-words.js';

const wordsOf = (flags: readonly string[], program: string) =>
  lastWords(
    spawnSync(process.execPath, [...flags, '-e', program], { encoding: 'utf8' }).stderr.slice(-mostWords),
  );

// What Node.js itself writes.
it('are the reason, and not the places in the code behind it', () => {
  expect(wordsOf(['--max-old-space-size=16'], 'const all = []; for (;;) all.push({});')).toMatch(
    /^FATAL ERROR: .*heap out of memory$/,
  );
  expect(wordsOf([], 'throw new TypeError("no such thing")')).toBe('TypeError: no such thing');
});

// What llama.cpp and the C++ library write when they end a process.
it.each([
  ['a\nterminate called\n  what():  _Map_base::at\n', 'what():  _Map_base::at'],
  [
    'llama-vocab.cpp:2501: GGML_ASSERT(id_to_token) failed\n',
    'llama-vocab.cpp:2501: GGML_ASSERT(id_to_token) failed',
  ],
  ['x'.repeat(600), 'x'.repeat(500)],
  ['\n \n', undefined],
  ['', undefined],
])('of %j', (words, expected) => expect(lastWords(words)).toBe(expected));
