import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../asymmetric/__fixtures__/outcomes.js';
import { ByteBudget } from '../byte-budget.js';
import { Message } from './message.js';

describe('Message', () => {
  it('keeps 64 KiB, and only the digest of more', () => {
    const budget = new ByteBudget(131_072);
    const message = new Message('sha256', budget);
    message.update(new Uint8Array(65_530));
    message.update(Uint8Array.of(1, 2, 3, 4, 5, 6));
    expect(message.content).toEqual({ whole: Uint8Array.of(...new Uint8Array(65_530), 1, 2, 3, 4, 5, 6) });
    message.update(Uint8Array.of(7));
    message.update(Uint8Array.of(8));
    const digest = createHash('sha256')
      .update(new Uint8Array(65_530))
      .update(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))
      .digest();
    expect(message.content).toEqual({ digest });
    // Asking does not end it, and what was kept is free again.
    expect(message.content).toEqual({ digest });
    expect(outcomeOf(() => budget.reserve(131_072))).toBe('success');
  });

  it('keeps everything without a digest, up to the bound of the runtime', () => {
    const budget = new ByteBudget(1_000_000);
    const message = new Message(undefined, budget);
    message.update(new Uint8Array(400_000));
    expect(outcomeOf(() => message.update(new Uint8Array(700_000)))).toBe('overflow');
    expect(message.content).toEqual({ whole: new Uint8Array(400_000) });
    message[Symbol.dispose]();
    expect(outcomeOf(() => budget.reserve(1_000_000))).toBe('success');
  });

  it('starts empty', () => {
    expect(new Message('sha256', new ByteBudget(0)).content).toEqual({ whole: new Uint8Array(0) });
  });
});
