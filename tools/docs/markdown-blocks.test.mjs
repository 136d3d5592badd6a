// @ts-check
import { expect, test } from 'vitest';
import { parseBlocks } from './markdown-blocks.mjs';

test('a block has the language, the flags, the code and the line of its fence (CommonMark: fenced code blocks)', () => {
  const markdown = [
    '# Title',
    '',
    '```ts no-run',
    'const a = 1;',
    '',
    'a;',
    '```',
    'text',
    '```sh',
    'ls',
    '```',
    '',
  ];
  expect(parseBlocks(markdown.join('\n'))).toEqual([
    { language: 'ts', flags: ['no-run'], code: 'const a = 1;\n\na;\n', line: 3 },
    { language: 'sh', flags: [], code: 'ls\n', line: 9 },
  ]);
});

test('a block inside a list loses the indentation of its fence (CommonMark)', () => {
  expect(parseBlocks('1. one\n\n   ```sh run\n   a\n     b\n   ```\n')[0]).toMatchObject({
    code: 'a\n  b\n',
  });
});
