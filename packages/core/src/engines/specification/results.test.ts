import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { groups } from './groups.js';
import { results } from './results.js';

const page = new URL('../../../../../docs/architecture/specification-tests.md', import.meta.url);
const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((all, each) => all + each, 0);

it('the page has the numbers of the tests', () => {
  const rows = (['v8', 'wasmedge'] as const).flatMap((engine) =>
    (['1.0', '2.0', 'simd'] as const).map((group) => {
      const { passed, failed, leftOut } = results[engine][group];
      const numbers = [passed, sum(failed), sum(leftOut)].map((number) => number.toLocaleString('en'));
      return `| \`${engine}\` | ${groups[group]} | ${numbers.join(' | ')} |`;
    }),
  );
  const found = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => /^\| `(v8|wasmedge)` \| Web/.test(line));
  expect(found).toEqual(rows);
});
