// @ts-check
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { differingBlocks } from './example-files.mjs';
import { parseBlocks } from './markdown-blocks.mjs';

test('a block that shows a file must be that file, to the letter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  try {
    writeFileSync(join(folder, 'a.ts'), 'const a = 1;\n');
    const page = ['```ts example=a.ts', 'const a = 1;', '```', '```ts example=a.ts', 'const a = 2;', '```'];
    const more = ['```c example=none.c', '```', '```ts', 'const free = 0;', '```'];
    expect(differingBlocks(parseBlocks([...page, ...more].join('\n')), folder)).toEqual([
      { line: 4, problem: 'this is not what examples/a.ts contains' },
      { line: 7, problem: 'examples/none.c does not exist' },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
