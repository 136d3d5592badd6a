import { expect, it } from 'vitest';
import { withinTime } from './within-time.js';

it('gives what the work gives, and throws what it throws', () => {
  expect(withinTime(1000, () => 'done')).toBe('done');
  expect(() =>
    withinTime(1000, () => {
      throw new TypeError('no');
    }),
  ).toThrow(new TypeError('no'));
});

it('ends what takes longer, though it catches all errors, and works again', () => {
  const endless = () => {
    for (;;) {
      try {
        for (;;);
      } catch {}
    }
  };
  expect(() => withinTime(20, endless)).toThrow(
    expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }),
  );
  expect(withinTime(1000, () => 'again')).toBe('again');
});
