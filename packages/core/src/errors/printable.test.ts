import { describe, expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { thrownBy } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime } from '../index.js';
import { GuestNotFoundError } from './guest-errors.js';
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

describe('names of a guest in messages', () => {
  const name = `evil\\nok: ${'x'.repeat(100_000)}`;
  const cases: Readonly<Record<string, (text: string) => string>> = {
    'of an import that nothing provides': (text) => `(import "${text}" "${text}" (func))`,
    'of an import of another type': (text) =>
      `(import "wasi_snapshot_preview1" "fd_close" (global i32)) (func (export "${text}"))`,
    'of an export': (text) => `(func (export "${text}"))`,
  };

  it.each(Object.entries(cases))('%s stay in their line and are shortened', async (_what, text) => {
    using runtime = await createRuntime();
    const message = (act: () => unknown) => (thrownBy(act) as Error).message;
    const guest = wat(`(module ${text(name)})`);
    const said = message(() => runtime.instantiate(guest).exports.missing?.());
    expect(said).not.toContain('\n');
    expect(said.length).toBeLessThan(1500);
    expect(message(() => runtime.run(guest))).not.toContain('\n');
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

forEachEngine((engine) => {
  it('keeps names of exports that are used wrongly in their line, and shortens them', async () => {
    using runtime = await createRuntime({ engine });
    const rest = 'x'.repeat(10_000);
    const guest = runtime.instantiate(
      wat(`(module (func (export "f\\n${rest}") (param i32)) (table (export "t\\n${rest}") 1 1 funcref)
        (global (export "g\\n${rest}") i32 (i32.const 0)) (global (export "m\\n${rest}") (mut i32) (i32.const 0)))`),
    );
    const call = guest.exports[`f\n${rest}`] as (...values: unknown[]) => unknown;
    const table = guest.exportedTable(`t\n${rest}`);
    const set = (letter: string) => () => {
      guest.exportedGlobal(`${letter}\n${rest}`).set('none');
    };
    const wrong = [
      () => call(),
      () => call('none'),
      () => table.get(5),
      () => table.set(0, 5),
      set('g'),
      set('m'),
    ];
    for (const act of wrong) {
      const said = (thrownBy(act) as Error).message;
      expect(said).toMatch(/"[ftgm]\\x0axx/);
      expect(said).not.toContain('\n');
      expect(said.length).toBeLessThan(1500);
    }
  });
});
