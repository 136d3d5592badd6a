// @ts-check
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokenLinks } from './relative-links.mjs';

test('links to files that are not there are told; those to other sites and within the page are not (CommonMark: links)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'links-'));
  try {
    const page = join(folder, 'page.md');
    writeFileSync(
      page,
      '[a](page.md#part) [b](none.md) [c](../no/such.md#part) [d](https://none.invalid/x.md) [e](#e)\n```c\na[1](b);\n```\n',
    );
    expect(brokenLinks(page)).toEqual(['none.md', '../no/such.md']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
