// @ts-check
import { expect, test } from 'vitest';
import { flagValue, readPage } from './markdown.mjs';

test('a block has the language, the flags, the code and the line of its fence (CommonMark: fenced code blocks)', () => {
  const { blocks } = readPage(
    '# Title\n\n```ts no-run example=a.ts\nconst a = 1;\n\na;\n```\ntext\n```sh\n```\n',
  );
  expect(blocks).toEqual([
    { language: 'ts', flags: ['no-run', 'example=a.ts'], code: 'const a = 1;\n\na;\n', line: 3 },
    { language: 'sh', flags: [], code: '', line: 9 },
  ]);
  expect(blocks.map((block) => flagValue(block, 'example'))).toEqual(['a.ts', undefined]);
});

test('a block inside a list loses the indentation of its fence (CommonMark)', () => {
  expect(readPage('1. one\n\n   ```sh run\n   a\n     b\n   ```\n').blocks[0]?.code).toBe('a\n  b\n');
});

test('links are those of the text, and what only looks like one is none (CommonMark: links, code spans)', () => {
  const page =
    '[a](page.md#part) ![b](none.svg) `[c](d.md)` [e][1]\n\n```c\na[1](b);\n```\n\n[1]: https://example.org\n';
  expect(readPage(page).links).toEqual(['page.md#part', 'none.svg', 'https://example.org']);
});

test('the error codes of a table are those that its rows begin with (GitHub: tables)', () => {
  const page =
    '`ERR_TEXT`\n\n| code | cause |\n|---|---|\n| `ERR_ONE` | see `ERR_TWO` |\n|`ERR_THREE`| |\n| `-v` | |\n';
  expect(readPage(page).errorCodes).toEqual(['ERR_ONE', 'ERR_THREE']);
});
