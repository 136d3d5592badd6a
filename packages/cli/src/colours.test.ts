import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { buildGuest } from './__fixtures__/guests.js';
import { InTerminal, terminalProblem } from './__fixtures__/in-terminal.js';
import { runBin } from './__fixtures__/run-bin.js';
import { conformanceColours } from './commands/conformance.js';
import { coloured } from './output/colours.js';

// ECMA-48, SGR: 1 is bold, 31 red, 32 green; 39 the colour that was there before.
const [bold, red, green, before] = ['\x1b[1m', '\x1b[31m', '\x1b[32m', '\x1b[39m'];

beforeEach(() => {
  vi.stubEnv('NO_COLOR', undefined);
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('TERM', 'xterm');
  return () => vi.unstubAllEnvs();
});

describe.skipIf(terminalProblem)(
  `colours on a terminal (needs script: ${terminalProblem || 'it is there'})`,
  () => {
    it('show what is a heading', async () => {
      const terminal = new InTerminal('inspect', await buildGuest('(module (func (export "f")))'));
      await terminal.shows(`${bold}exports`);
      expect(await terminal.ended).toBe(0);
    });

    it.each([
      ['NO_COLOR', '1'],
      ['TERM', 'dumb'],
      ['FORCE_COLOR', '0'],
    ])('are left out with %s=%s', async (name, value) => {
      vi.stubEnv(name, value);
      const terminal = new InTerminal('inspect', await buildGuest('(module (func (export "f")))'));
      // Otherwise a code would be between the two.
      await terminal.shows('\nexports ');
      expect(await terminal.ended).toBe(0);
    });
  },
);

describe('colours elsewhere', () => {
  const both = (...args: string[]) => {
    const plain = runBin(args).stdout;
    vi.stubEnv('FORCE_COLOR', '1');
    return { plain, painted: runBin(args).stdout };
  };

  it('are left out, and shown with FORCE_COLOR', () => {
    const { plain, painted } = both('inspect', process.execPath);
    expect(plain).not.toContain('\x1b');
    expect(painted).toContain(`${red}no${before}:`);
    expect(stripVTControlCharacters(painted)).toBe(plain);
  });

  it('mark what came of cases', () => {
    // As formatTable of the conformance package writes it; a case may have such words in its name.
    const table =
      'A passed test (x)\n\nis failed as passed  passed\nother  failed\n\nfailed: other (v8)\n\nv8  1 passed, 1 failed\n';
    const marked = coloured(table, conformanceColours);
    expect(marked.replaceAll(green, '<').replaceAll(red, '<').replaceAll(before, '>')).toBe(
      `${bold}A passed test (x)\x1b[22m\n\nis failed as passed  <passed>\nother  <failed>\n\n<failed>: other (v8)\n\nv8  1 <passed>, 1 <failed>\n`,
    );
  });

  it('show the headings of doctor', () => {
    vi.stubEnv('FORCE_COLOR', '1');
    expect(runBin(['doctor']).stdout).toContain(`${bold}engine v8`);
  });
});
