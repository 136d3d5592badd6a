// @ts-check
import { expect, test } from 'vitest';
import { flagValue, readPage } from './markdown.mjs';
import { lacking } from './needs.mjs';

test('a block has the language, the flags, the code and the line of its fence (CommonMark: fenced code blocks)', () => {
  const page = '# Title\n\n```ts no-run example=a.ts\nconst a = 1;\n\na;\n```\ntext\n```sh\n```\n';
  const { blocks } = readPage(page);
  expect(blocks).toEqual([
    { language: 'ts', flags: ['no-run', 'example=a.ts'], code: 'const a = 1;\n\na;\n', line: 3 },
    { language: 'sh', flags: [], code: '', line: 9 },
  ]);
  expect(blocks.map((block) => flagValue(block, 'example'))).toEqual(['a.ts', undefined]);
  // In a list it loses the indentation of its fence.
  expect(readPage('1. one\n\n   ```sh run\n   a\n     b\n   ```\n').blocks[0]?.code).toBe('a\n  b\n');
});

test('links are those of the text, and error codes those that rows begin with (CommonMark; GitHub: tables)', () => {
  const links = '[a](page.md#part) ![b](none.svg) `[c](d.md)` [e][1]\n\n```c\na[1](b);\n```\n';
  const table =
    '`ERR_TEXT`\n\n| code | cause |\n|---|---|\n| `ERR_ONE` | see `ERR_TWO` |\n|`ERR_THREE`| |\n| `-v` | |\n';
  const page = readPage(`${links}\n[1]: https://example.org\n\n${table}`);
  expect(page.links).toEqual(['page.md#part', 'none.svg', 'https://example.org']);
  expect(page.errorCodes).toEqual(['ERR_ONE', 'ERR_THREE']);
});

test('what needs a library that is not there is left out, unless CI requires it', () => {
  expect(lacking({ needs: undefined }, {})).toBeUndefined();
  expect(lacking({ needs: 'openvino' }, {})).toBe('there is no openvino');
  expect(lacking({ needs: 'openvino' }, { WASMEDGE_PLUGINS_OPENVINO: '/libs' })).toBeUndefined();
  expect(lacking({ needs: 'openvino' }, { CI_REQUIRE: 'v8, openvino' })).toBeUndefined();
});
