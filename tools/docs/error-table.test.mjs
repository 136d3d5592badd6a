// @ts-check
import { expect, test } from 'vitest';
import { compareCodes, explainedCodes } from './error-table.mjs';

test('the codes of a table are those that its rows begin with (GitHub: tables)', () => {
  const page =
    '`ERR_IN_TEXT`\n\n| code | cause |\n|---|---|\n| `ERR_ONE` | see `ERR_TWO` |\n|`ERR_THREE`| |\n';
  expect(explainedCodes(page)).toEqual(['ERR_ONE', 'ERR_THREE']);
});

test('a code without a row, a row without a code, and a row too many are told', () => {
  expect(compareCodes(['ERR_A', 'ERR_B'], ['ERR_B', 'ERR_B', 'ERR_C'])).toEqual([
    'no row explains ERR_A',
    'ERR_C does not exist',
    'two rows explain ERR_B',
  ]);
  expect(compareCodes(['ERR_A'], ['ERR_A'])).toEqual([]);
});
