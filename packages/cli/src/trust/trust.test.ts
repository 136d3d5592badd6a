import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compilerProblem } from '../__fixtures__/compile-library.js';
import { describeWhere } from '../__fixtures__/describe-where.js';
import { libraryProblem } from '../__fixtures__/engines.js';
import { buildGuest } from '../__fixtures__/guests.js';
import { compilePlugin } from '../__fixtures__/native-plugins.js';
import { type BinResult, runBin } from '../__fixtures__/run-bin.js';

// The plug-in is one of our own on the C API; its function answers with twice its argument, or as its options say.

const guest = await buildGuest(`(module
  (import "cli_test" "twice" (func $twice (param i32) (result i32)))
  (func (export "twice") (param i32) (result i32) (call $twice (local.get 0))))`);

describeWhere(libraryProblem ?? compilerProblem, 'trust in native plug-ins', () => {
  let folder: string;
  let plugin: string;
  let lockFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-trust-'));
    plugin = compilePlugin(folder, 'libcliTest.so', { name: 'cli_test' });
    lockFile = join(folder, 'lock.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const bin = (...args: readonly string[]): BinResult =>
    runBin(args, { cwd: folder, env: { WASMEDGE_PLUGIN_PATH: '', HOME: folder } });
  const twice = (...args: readonly string[]) => bin('run', ...args, '--reactor', guest, 'twice', '21');
  const sha256 = () => createHash('sha256').update(readFileSync(plugin)).digest('hex');
  const tamper = () => appendFileSync(plugin, 'x');

  describe('run --native-plugin', () => {
    it('gives any native plug-in to a guest', () => {
      expect(twice('--native-plugin', plugin)).toEqual({ status: 0, stdout: '42\n', stderr: '' });
    });

    it('sets its options, each of its own type', () => {
      const value = `${plugin}:factor=-3:loud=true:text=a:b=c`;
      // 21 * -3, a thousand, and the length of the text, printed as the unsigned number that it is.
      expect(twice('--native-plugin', `${plugin}:factor=3:loud=true:text=a:c`)).toMatchObject({
        status: 0,
        stdout: `${21 * 3 + 1000 + 3}\n`,
      });
      expect(twice('--native-plugin', value)).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/no option b/),
      });
      expect(twice('--native-plugin', `${plugin}:factor=-3`).stdout).toBe(`${2 ** 32 - 63}\n`);
    });

    it.each([
      ['factor=many', /option factor .* is a whole number, not "many"/],
      ['loud=yes', /option loud .* is true or false, not "yes"/],
    ])('ends with 2 for %s', (option, said) => {
      expect(twice('--native-plugin', `${plugin}:${option}`)).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringMatching(said),
      });
    });

    it('tells what is wrong with a file by its typed error', () => {
      writeFileSync(plugin, 'no plug-in');
      const wrong = { status: 1, stderr: expect.stringContaining('[ERR_NATIVE_PLUGIN_INVALID]') };
      expect(twice('--native-plugin', plugin)).toMatchObject(wrong);
      expect(twice('--native-plugin', `${plugin}:factor=3`)).toMatchObject(wrong);
    });
  });

  describe('lock', () => {
    it('writes sums that run and verify hold a file against', () => {
      expect(bin('lock', plugin, '--lock-file', lockFile)).toEqual({
        status: 0,
        stdout: `cli_test: libcliTest.so, SHA-256 ${sha256()}\nwritten to ${lockFile}\n`,
        stderr: '',
      });
      expect(JSON.parse(readFileSync(lockFile, 'utf8'))).toMatchObject({
        lockfileVersion: 1,
        plugins: { cli_test: [{ file: 'libcliTest.so', sha256: sha256() }] },
      });
      expect(twice('--lock-file', lockFile, '--native-plugin', plugin).stdout).toBe('42\n');
      expect(twice('--verbose', '--lock-file', lockFile, '--native-plugin', plugin).stderr).toContain(
        `${plugin} verified by lock file, modules cli_test`,
      );
      const verified = bin('verify', plugin, '--lock-file', lockFile);
      expect(verified).toEqual({
        status: 0,
        stdout: `ok: cli_test libcliTest.so, by lock file (${plugin})\n`,
        stderr: '',
      });

      tamper();
      const changed = /SHA-256 is [0-9a-f]{64}, but the lock file of cli_test says [0-9a-f]{64}/;
      const refused = twice('--lock-file', lockFile, '--native-plugin', plugin);
      expect(refused).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toMatch(changed);
      expect(refused.stderr).toContain('[ERR_NATIVE_PLUGIN_UNVERIFIED]');
      const again = bin('verify', plugin, '--lock-file', lockFile);
      expect(again.status).toBe(1);
      expect(again.stdout).toMatch(changed);
    });

    it('keeps what is there, and locks what is where WasmEdge looks', () => {
      mkdirSync(join(folder, '.wasmedge', 'plugin'), { recursive: true });
      compilePlugin(join(folder, '.wasmedge', 'plugin'), 'libother.so', { name: 'cli_other' });
      bin('lock', plugin);
      expect(bin('lock')).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('cli_other: libother.so'),
      });
      const { plugins } = JSON.parse(readFileSync(join(folder, 'wasmedge-plugins.lock.json'), 'utf8'));
      expect(Object.keys(plugins)).toEqual(['cli_other', 'cli_test']);
      // Without files, all that are found are verified, and a locked one that is not found is missed.
      const verified = bin('verify');
      expect(verified.status).toBe(1);
      expect(verified.stdout).toMatch(/ok: cli_other libother\.so/);
      expect(verified.stdout).toMatch(
        /NOT OK: libcliTest\.so of cli_test is in the lock file for this machine/,
      );
    });

    it('runs nothing of what it locks', () => {
      const more = '#include <stdlib.h>\n__attribute__((constructor)) static void end(void) { abort(); }';
      const hostile = compilePlugin(folder, 'libhostile.so', { name: 'cli_hostile', more });
      expect(bin('lock', hostile, '--lock-file', lockFile).status).toBe(0);
      expect(bin('verify', hostile, '--lock-file', lockFile).status).toBe(0);
    });

    it.each([
      [['lock', 'other_name=libcliTest.so'], 2, /is the plug-in cli_test, not other_name/],
      [['lock'], 2, /name the files to lock/],
      [['lock', 'gone.so'], 1, /ERR_NATIVE_PLUGIN_NOT_FOUND/],
      [
        ['verify', 'libcliTest.so'],
        1,
        /lock file wasmedge-plugins\.lock\.json cannot be read.*ERR_PLUGIN_LOCK/,
      ],
    ] as const)('%j is refused', (args, status, said) => {
      const result = bin(...args);
      expect(result.status).toBe(status);
      expect(result.stderr).toMatch(said);
    });
  });

  describe('--refuse-unverified', () => {
    it('loads nothing that nothing vouches for', () => {
      const { status, stderr } = twice('--refuse-unverified', '--native-plugin', plugin);
      expect(status).toBe(1);
      expect(stderr).toMatch(/nothing vouches for it.*\[ERR_NATIVE_PLUGIN_UNVERIFIED\]/);
      // Also not in the process that is asked for the types of options.
      const more = '#include <stdlib.h>\n__attribute__((constructor)) static void end(void) { abort(); }';
      const hostile = compilePlugin(folder, 'libhostile.so', { name: 'cli_hostile', more });
      expect(twice('--refuse-unverified', '--native-plugin', `${hostile}:factor=1`).stderr).toContain(
        '[ERR_NATIVE_PLUGIN_UNVERIFIED]',
      );
    });

    it('loads what is signed by the key that is named', () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      const keyFile = join(folder, 'key.pem');
      writeFileSync(keyFile, publicKey);
      writeFileSync(`${plugin}.sig`, sign(null, readFileSync(plugin), createPrivateKey(privateKey)));
      expect(twice('--public-key', keyFile, '--native-plugin', plugin).stdout).toBe('42\n');
      expect(bin('verify', plugin, '--public-key', keyFile).stdout).toContain('by signature');
      tamper();
      expect(twice('--public-key', keyFile, '--native-plugin', plugin)).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/is not a signature of it.*\[ERR_NATIVE_PLUGIN_UNVERIFIED\]/),
      });
      expect(bin('verify', plugin, '--public-key', keyFile).status).toBe(1);
      expect(bin('verify', plugin, '--public-key', join(folder, 'gone.pem'))).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('gone.pem cannot be read'),
      });
    });
  });
});
