import { expect, it } from 'vitest';
import { size } from './size.js';

it.each([
  [0, '0 kB'],
  [1, '1 kB'],
  [12_345, '13 kB'],
  [99_001, '0.1 MB'],
  [1_260_000, '1.3 MB'],
])('shows %i bytes as %s', (bytes, shown) => expect(size(bytes)).toBe(shown));
