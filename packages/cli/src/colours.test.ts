import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { buildGuest } from './__fixtures__/guests.js';
import { InTerminal, terminalProblem } from './__fixtures__/in-terminal.js';
import { runBin } from './__fixtures__/run-bin.js';

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
    const { plain, painted } = both(
      'conformance',
      'wasmedge_httpsreq',
      '--engine',
      'v8',
      '--provider',
      'embedded',
    );
    expect(painted.startsWith(bold)).toBe(true);
    const passed = plain.match(/ {2}passed$/gm)?.length;
    expect(passed).toBeGreaterThan(1);
    expect(painted.split(`  ${green}passed${before}\n`)).toHaveLength((passed ?? 0) + 1);
  });

  it('show the headings of doctor', () => {
    vi.stubEnv('FORCE_COLOR', '1');
    expect(runBin(['doctor']).stdout).toContain(`${bold}engine v8`);
  });
});
