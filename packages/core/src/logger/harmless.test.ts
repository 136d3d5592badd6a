import { expect, onTestFinished, test, vi } from 'vitest';
import { harmless } from './harmless.js';

test('a function that throws at each call warns at the first, the tenth and the hundredth', () => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  onTestFinished(() => emitWarning.mockRestore());
  const log = harmless('logger', (level: number) => {
    if (level > 0) throw new Error('full');
  });
  log(0);
  for (let count = 0; count < 150; count++) log(1);
  expect(emitWarning.mock.calls.map(([message]) => message)).toEqual([
    'The function logger has thrown: Error: full',
    'The function logger has thrown 10 times: Error: full',
    'The function logger has thrown 100 times: Error: full',
  ]);
});
