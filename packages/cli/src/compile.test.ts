import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { engines } from './__fixtures__/engines.js';
import { buildGuests } from './__fixtures__/guests.js';
import { runBin } from './__fixtures__/run-bin.js';

const guests = await buildGuests();

/** A cache of the test's own. */
function withCache() {
  const folder = mkdtempSync(join(tmpdir(), 'compile-test-'));
  const cache = join(folder, 'cache');
  const env = { XDG_STATE_HOME: join(folder, 'state'), WASMEDGE_PLUGINS_AOT_CACHE: cache };
  return { folder, cache, env, compile: (...args: string[]) => runBin(['compile', ...args], { env }) };
}

describe.runIf(engines.includes('wasmedge'))('compile', () => {
  it('compiles guests once, tells phases on stderr, and what is kept', () => {
    const { cache, compile } = withCache();
    expect(compile('--list')).toEqual({ status: 0, stdout: `No compiled code in ${cache}\n`, stderr: '' });
    const first = compile('--level', '0', guests.hello, guests.trap);
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(/^.*: compiled in .* \(plain code, level 0, .*\n.*: compiled in .*\n$/);
    expect(first.stderr.match(/: (\w+) \(/g)?.join()).toMatch(/translate.*optimize.*write.*translate.*write/);
    const again = compile('--level', '0', guests.hello);
    expect(again).toEqual({ status: 0, stdout: expect.stringContaining('was compiled before'), stderr: '' });
    const metered = compile('--level', '0', '--metered', '--json', guests.hello);
    expect(JSON.parse(metered.stdout)).toMatchObject([{ file: guests.hello, form: 'metered', isKept: true }]);
    const { directory, entries } = JSON.parse(compile('--list', '--json').stdout);
    expect(directory).toBe(cache);
    expect(entries.map(({ form, level }: { form: string; level: number }) => [form, level])).toEqual([
      ['metered', 0],
      ['plain', 0],
      ['plain', 0],
    ]);
    expect(compile('--list').stdout.split('\n')).toHaveLength(5);
    expect(compile('--clear').stdout).toContain('Removed 3 entries from ');
    expect(compile('--list').stdout).toContain('No compiled code');
  });

  it('ends with 1 for a guest that is not compiled, in words of the command line', () => {
    const { folder, compile } = withCache();
    const bad = join(folder, 'bad.wasm');
    writeFileSync(bad, 'not wasm');
    expect(compile(bad)).toMatchObject({ status: 1, stderr: expect.stringContaining('[ERR_INVALID_GUEST]') });
    expect(compile('--time-limit', '1', guests.hello)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/1 ms\. Allow more with --time-limit.*\[ERR_GUEST_COMPILE\]/),
    });
  });

  it.runIf(process.platform !== 'win32')(
    'refuses a folder that others may write to, and doctor tells',
    () => {
      const { cache, env, compile } = withCache();
      expect(compile('--level', '0', guests.hello).status).toBe(0);
      const doctor = () => runBin(['doctor', '--json'], { env: { ...env, WASMEDGE_PLUGIN_PATH: '' } });
      expect(JSON.parse(doctor().stdout).compiledCode).toMatchObject({ directory: cache, entries: 1 });
      chmodSync(cache, 0o777);
      for (const args of [[guests.hello], ['--list'], ['--clear']]) {
        expect(compile(...args)).toMatchObject({ status: 1, stderr: expect.stringContaining('chmod go-w') });
      }
      const { status, stdout } = doctor();
      expect({ status, ...JSON.parse(stdout).compiledCode }).toMatchObject({
        status: 1,
        entries: 0,
        problem: expect.stringContaining('mode 777'),
      });
    },
  );

  it.runIf(process.platform !== 'win32')('leaves nothing when it is interrupted', async () => {
    const { folder, env } = withCache();
    const { parseWat } = await wabt();
    const steps = '(local.set 0 (i64.rotl (i64.mul (local.get 0) (i64.const 7919)) (i64.const 3)))'.repeat(
      20_000,
    );
    const text = `(module (func (export "f") (param i64) (result i64) ${steps} (local.get 0)))`;
    const guest = join(folder, 'slow.wasm');
    writeFileSync(guest, parseWat('slow.wat', text).toBinary({}).buffer);
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const bin = fileURLToPath(new URL('../bin/wasmedge-plugins.js', import.meta.url));
    const child = spawn(process.execPath, [bin, 'compile', guest], {
      env: { ...process.env, ...env, NODE_PATH: '', TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.once('data', () => child.kill('SIGINT'));
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('compile', () => {
  it.each([
    [[], 'Name the guests'],
    [['--list', 'a.wasm'], 'omit the guests'],
    [['--list', '--clear'], 'cannot be used with'],
    [['--metered', '--interruptible', 'a.wasm'], 'cannot be used with'],
    [['--level', '4', 'a.wasm'], 'Allowed choices are 0, 1, 2, 3'],
    [['--time-limit', '0', 'a.wasm'], 'Give a whole number'],
  ])('ends with 2 for %j', (args, message) => {
    expect(withCache().compile(...args)).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});
