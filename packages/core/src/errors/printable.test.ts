import { describe, expect, it } from 'vitest';
import { GuestNotFoundError } from './guest-not-found-error.js';
import { printable, printableName } from './printable.js';

// What must not reach a terminal: ECMA-48 for control characters, Unicode's general categories Cc, Cf, Cs, Zl and Zp.
const unsafe: readonly (readonly [what: string, text: string, shown: string])[] = [
  ['an escape sequence', '\u001b[31m', '\\x1b[31m'],
  ['a bell', '\u0007', '\\x07'],
  ['a carriage return, which overwrites a line', 'bad\rgood', 'bad\\x0dgood'],
  ['a backspace', 'a\b', 'a\\x08'],
  ['DEL', '\u007f', '\\x7f'],
  ['the C1 control CSI', '\u009b31m', '\\x9b31m'],
  ['right-to-left override', 'exe\u202egnp', 'exe\\u202egnp'],
  ['an isolate', '\u2066a\u2069', '\\u2066a\\u2069'],
  ['the Arabic letter mark', '\u061c', '\\u061c'],
  ['a blank without width', 'a\u200bb', 'a\\u200bb'],
  ['a separator of lines', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
  ['the byte order mark', '\ufeffa', '\\ufeffa'],
  ['half a surrogate pair', 'a\ud800b', 'a\\ud800b'],
  ['a tag, which is invisible', '\u{e0041}', '\\udb40\\udc41'],
];

describe('printable', () => {
  it.each(unsafe)('shows %s', (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
    expect(printableName(text)).toBe(shown);
  });

  it('leaves letters of every script, signs, lines and tabs', () => {
    const text = 'größe 大小 حجم 😀 é\n\tx';
    expect(printable(text)).toBe(text);
  });

  it('keeps a name in its line', () => {
    expect(printableName('a\nok: b\tc')).toBe('a\\x0aok: b\\x09c');
  });

  it('shows both ends of a long name', () => {
    expect(printableName(`begin${'x'.repeat(1000)}end`, 10)).toBe('begin … (998 more characters) … xxend');
  });
});

describe('the message of an error', () => {
  it('has no control characters of the names in it', () => {
    expect(new GuestNotFoundError('The guest \u001b]0;title\u0007\u202e is not there.').message).toBe(
      'The guest \\x1b]0;title\\x07\\u202e is not there.',
    );
  });

  it('has a bounded length, whatever the names in it have', () => {
    const { message } = new GuestNotFoundError(`The guest ${'\u001b'.repeat(10_000_000)} is not there.`);
    expect(message.length).toBeLessThan(70_000);
    expect(message).toMatch(/^The guest .* is not there\.$/);
  });
});
