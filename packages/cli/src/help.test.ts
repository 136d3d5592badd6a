import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { installAlone } from './__fixtures__/installation.js';
import { runBin } from './__fixtures__/run-bin.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

describe('the command', () => {
  it('tells its version', () => {
    expect(runBin(['-v']).stdout).toBe(`${version}\n`);
    expect(runBin(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('has help on stdout for itself and for each command', () => {
    expect(runBin(['--help']).stdout).toMatch(
      / run .* compile .* doctor .* inspect .* install .* lock .* verify .* conformance /s,
    );
    for (const args of [
      ['run', '--help'],
      ['help', 'run'],
    ]) {
      const { status, stdout, stderr } = runBin(args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      for (const option of [
        '--dir',
        '--env',
        '--placement <name>',
        '--gas-limit',
        '--time-limit',
        '--reactor',
        '--allow-command <name>',
        '--allow-host <host>',
        '--ca <file>',
        '--native-plugin',
        '--lock-file',
        '--refuse-unverified',
      ]) {
        expect(stdout).toContain(option);
      }
    }
    expect(runBin(['help', 'doctor']).stdout).toContain('--json');
  });

  it('ends with 2 and help on stderr when nothing is asked for', () => {
    const { status, stdout, stderr } = runBin([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: wasmedge-plugins');
  });

  it.each([
    [['rnu'], 'Did you mean run?'],
    [['doctor', '--jsn'], 'Did you mean --json?'],
    [['help', 'rnu'], "error: unknown command 'rnu'"],
    [['guest.wasm', 'one'], 'wasmedge-plugins run guest.wasm'],
    [['run'], "missing required argument 'guest'"],
    [['doctor', 'extra'], 'too many arguments'],
    [['inspect'], "missing required argument 'file'"],
    [['install'], "missing required argument 'plug-in'"],
    [['lock', '--jsn'], 'Did you mean --json?'],
  ])('ends with 2 for %j', (args, message) => {
    const { status, stdout, stderr } = runBin(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it.skipIf(process.platform === 'win32')('ends quietly when nobody reads on', () => {
    const bin = fileURLToPath(new URL('../bin/wasmedge-plugins.js', import.meta.url));
    const { stderr } = spawnSync('sh', ['-c', '"$0" "$1" --help | true', process.execPath, bin], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
  });

  it('colours every error alike', () => {
    for (const args of [['rnu'], ['sample', 'nothing']]) {
      const { stderr } = runBin(args, { env: { ...process.env, FORCE_COLOR: '1' } });
      expect(stderr.startsWith('\x1b[31merror:\x1b[39m '), stderr).toBe(true);
    }
  });

  it('says what to do when it is not built', () => {
    const { bin } = installAlone(['bin', 'package.json']);
    expect(runBin(['doctor'], { bin })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('npm run build'),
    });
  });
});
