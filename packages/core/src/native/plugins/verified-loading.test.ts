import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BuiltCore, literal } from '../../__fixtures__/built-core.js';
import { compilePlugin, compileText, forCompiler } from '../../__fixtures__/compile-c.js';
import { forEngine } from '../../__fixtures__/engines.js';
import { expectRejects } from '../../__fixtures__/expect-error.js';
import { wat } from '../../__fixtures__/wat.js';
import {
  createRuntime,
  type NativePluginTrust,
  NativePluginUnverifiedError,
  nativePlugin,
  PluginLockError,
} from '../../index.js';
import { addToLock, inspectPluginFile, lockEntries, writeLockFile } from '../../plugins.js';

const guestOf = (module: string) =>
  wat(`(module (import "${module}" "number" (func $number (param i32) (result f64)))
    (func (export "number") (param i32) (result f64) (call $number (local.get 0))))`);

forEngine('wasmedge', () =>
  forCompiler(() => {
    let folder: string;
    let core: BuiltCore;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'verified-'));
      core = await BuiltCore.build();
    });
    afterAll(() => {
      core?.[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    let count = 0;
    const build = (
      more: { name?: string; file?: string; module?: string; flags?: readonly string[] } = {},
    ) => {
      const plugin = more.name ?? `verified_${count++}`;
      const file = more.file ?? `lib${plugin}.so`;
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      const path = compilePlugin(folder, { plugin, module: more.module ?? plugin, file }, more.flags);
      return { plugin, path, sum: createHash('sha256').update(readFileSync(path)).digest('hex') };
    };
    const load = (path: string, nativePlugins: NativePluginTrust, sha256?: string) =>
      createRuntime({ plugins: [nativePlugin({ path, sha256 })], nativePlugins, logger: () => {} });
    const refused = (promise: Promise<unknown>, ...patterns: RegExp[]) =>
      expectRejects(promise, NativePluginUnverifiedError, 'ERR_NATIVE_PLUGIN_UNVERIFIED', ...patterns);

    it('is refused when nothing vouches for it, and the constructor of the file has not run', async () => {
      const mark = join(folder, 'ran');
      const source = join(folder, 'constructor.c');
      writeFileSync(
        source,
        `#include <stdio.h>
        __attribute__((constructor)) static void run(void) { fclose(fopen("${mark}", "w")); }`,
      );
      const { plugin, path, sum } = build({ flags: [source] });
      const another = 'ab'.repeat(32);
      for (const [trust, reason] of [
        [{ unverified: 'refuse' }, 'unknown'],
        [{ sha256: { other: another } }, 'unknown'],
        [{ sha256: { [plugin]: another } }, 'hash'],
        [{ sha256: { [plugin]: another }, unverified: 'load' }, 'hash'],
        [{ publicKeys: [] }, 'unknown'],
      ] as const) {
        expect(await refused(load(path, trust), new RegExp(sum))).toMatchObject({ reason, sha256: sum });
      }
      await refused(load(path, {}, another), /the pin of/);
      expect(existsSync(mark)).toBe(false);
      using _runtime = await load(path, { sha256: { [plugin]: [another, sum.toUpperCase()] } });
      expect(existsSync(mark)).toBe(true);
    });

    it('is loaded with a warning, or without one, where that is allowed', async () => {
      const { path } = build();
      const said: string[] = [];
      using _runtime = await createRuntime({
        plugins: [nativePlugin({ path })],
        nativePlugins: { unverified: 'warn' },
        logger: (level, message) => said.push(`${level} ${message}`),
      });
      expect(said[0]).toMatch(/^warn Nothing vouches for/);
      using _other = await load(build().path, { unverified: 'load' });
    });

    it('is loaded by its own option sha256, which does not replace what the runtime demands', async () => {
      const { path, sum } = build();
      await refused(load(path, { unverified: 'refuse' }, sum));
      using _runtime = await load(path, {}, sum);
    });

    it('is loaded by a lock file, and refused once the file changed', async () => {
      const { plugin, path } = build();
      const lockFile = join(folder, 'wasmedge-plugins.lock.json');
      writeLockFile(lockFile, addToLock(undefined, plugin, lockEntries(inspectPluginFile(path))));
      {
        using _runtime = await load(path, { lockFile });
      }
      const changed = build();
      writeLockFile(
        lockFile,
        addToLock(undefined, changed.plugin, lockEntries(inspectPluginFile(changed.path))),
      );
      writeFileSync(changed.path, Buffer.concat([readFileSync(changed.path), Buffer.from([0])]));
      await refused(load(changed.path, { lockFile }), /the lock file of .* says/);
      for (const text of [
        '',
        '{}',
        '{"lockfileVersion":2,"plugins":{}}',
        '{"lockfileVersion":1,"plugins":{"a":[{}]}}',
      ]) {
        writeFileSync(lockFile, text);
        await expectRejects(load(path, { lockFile }), PluginLockError, 'ERR_PLUGIN_LOCK', /is not valid/);
      }
      rmSync(lockFile);
      await expectRejects(load(path, { lockFile }), PluginLockError, 'ERR_PLUGIN_LOCK', /cannot be read/);
    });

    it('is loaded by a signature of one of the keys, also one that openssl made', async () => {
      const other = generateKeyPairSync('ed25519');
      const pem = (key: typeof other.publicKey) => key.export({ type: 'spki', format: 'pem' }) as string;
      const own = generateKeyPairSync('ed25519');
      const keys = { publicKeys: [pem(other.publicKey), pem(own.publicKey)] };
      const { path } = build();
      await refused(load(path, keys), /nothing vouches/);
      const signature = sign(null, readFileSync(path), own.privateKey);
      for (const wrong of [
        sign(null, readFileSync(path), generateKeyPairSync('ed25519').privateKey),
        sign(null, Buffer.from('another file'), own.privateKey),
        Buffer.alloc(64),
        Buffer.from('no signature'),
        Buffer.alloc(100_000),
        Buffer.concat([signature, signature]),
      ]) {
        writeFileSync(`${path}.sig`, wrong);
        expect(await refused(load(path, { ...keys, unverified: 'load' }))).toMatchObject({
          reason: 'signature',
        });
      }
      writeFileSync(`${path}.sig`, signature);
      using binary = await load(path, keys);
      expect(binary.report().plugins).toMatchObject([{ verifiedBy: ['signature'] }]);

      const base64 = build();
      writeFileSync(
        `${base64.path}.sig`,
        `${sign(null, readFileSync(base64.path), own.privateKey).toString('base64')}\n`,
      );
      using _text = await load(base64.path, keys);

      const byOpenssl = build();
      const keyFile = join(folder, 'key.pem');
      writeFileSync(keyFile, own.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const { status, error } = spawnSync('openssl', [
        ...['pkeyutl', '-sign', '-rawin', '-inkey', keyFile],
        ...['-in', byOpenssl.path, '-out', `${byOpenssl.path}.sig`],
      ]);
      // Where there is no openssl, the signatures of node:crypto above have to do.
      if (error === undefined) {
        expect(status).toBe(0);
        using _openssl = await load(byOpenssl.path, keys);
      }
    });

    it.each([
      [{ publicKeys: ['no key'] }, /PEM form/],
      [
        {
          publicKeys: [
            generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
              type: 'spki',
              format: 'pem',
            }),
          ],
        },
        /not a ec key/,
      ],
      [
        { publicKeys: [generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })] },
        /not a private key/,
      ],
      [{ sha256: { a: 'short' } }, /sha256/],
      [{ unverified: 'perhaps' }, /refuse, warn or load/],
      [{ lockFile: 5 }, /lockFile/],
      [{ sha265: {} }, /nativePlugins has no option sha265/],
    ])('refuses the options %#', async (trust, said) => {
      await expect(createRuntime({ nativePlugins: trust as never })).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringMatching(said),
      });
    });

    it('is what was verified, when the file is swapped between verification and loading', async () => {
      const good = build({ name: 'swapped', module: 'good', file: 'swap/libswapped.so' });
      const evil = build({ name: 'swapped', module: 'evil', file: 'evil/libswapped.so' });
      let swaps = 0;
      using runtime = await createRuntime({
        plugins: [nativePlugin({ path: good.path, name: 'swapped' })],
        nativePlugins: { sha256: { swapped: good.sum } },
        logger: (_level, message) => {
          // Said after the file was verified and before it is loaded.
          if (message.includes('vouched for by pin')) {
            renameSync(evil.path, good.path);
            swaps++;
          }
        },
      });
      expect(swaps).toBe(1);
      expect(createHash('sha256').update(readFileSync(good.path)).digest('hex')).toBe(evil.sum);
      expect(runtime.report().plugins).toMatchObject([{ modules: ['good'], verifiedBy: ['pin'] }]);
      expect(runtime.instantiate(guestOf('good')).exports.number?.(0)).toBe(0);
      // The file that lies there now is refused, though the plug-in is loaded.
      await refused(load(good.path, { sha256: { swapped: evil.sum } }));
      using again = await load(good.path, { sha256: { swapped: good.sum } });
      expect(again.report().plugins).toMatchObject([{ path: good.path, verifiedBy: ['pin'] }]);
    });

    it('is what was verified, when another thread swaps the file all the time', () => {
      const good = build({ name: 'raced', module: 'good', file: 'race/good.so' });
      const evil = build({ name: 'raced', module: 'evil', file: 'race/evil.so' });
      const path = join(folder, 'race', 'libraced.so');
      copyFileSync(good.path, path);
      const outcome = core.run(
        `
        import { Worker } from 'node:worker_threads';
        import { once } from 'node:events';
        const swapper = new Worker(\`
          const { copyFileSync, renameSync } = require('node:fs');
          const { workerData: { good, evil, path }, parentPort } = require('node:worker_threads');
          parentPort.postMessage('ready');
          for (;;) for (const file of [evil, good]) { copyFileSync(file, path + '.new'); renameSync(path + '.new', path); }
        \`, { eval: true, workerData: ${JSON.stringify({ good: good.path, evil: evil.path, path })} });
        await once(swapper, 'message');
        const seen = { refused: 0, loaded: 0 };
        for (let round = 0; round < 2000 && (seen.loaded === 0 || seen.refused === 0); round++) {
          try {
            using runtime = await core.createRuntime({
              plugins: [core.nativePlugin({ path: ${JSON.stringify(path)}, name: 'raced' })],
              nativePlugins: { sha256: { raced: '${good.sum}' } },
              logger() {},
            });
            if (runtime.report().plugins[0].modules.join() !== 'good') throw new Error('evil was loaded');
            seen.loaded++;
            break;
          } catch (error) {
            if (error.code !== 'ERR_NATIVE_PLUGIN_UNVERIFIED') throw error;
            seen.refused++;
          }
        }
        console.log(seen.loaded);
        process.exit(0);`.replace('using runtime', 'const runtime'),
      );
      expect(outcome).toMatchObject({ end: 0, stdout: '1\n', stderr: '' });
    });

    it('takes the libraries that it brings along, verified too', async () => {
      const home = join(folder, 'bundle');
      mkdirSync(join(home, 'lib'), { recursive: true });
      const library = compileText('int bundled(void) { return 7; }', join(home, 'lib', 'libbundled.so'));
      const source = join(folder, 'use-bundled.c');
      writeFileSync(source, 'int bundled(void); int use(void) { return bundled(); }');
      const { plugin, path } = build({
        file: 'bundle/plugin/libbundle.so',
        flags: [source, `-L${join(home, 'lib')}`, '-lbundled', '-Wl,-rpath,$ORIGIN/../lib'],
      });
      const entries = lockEntries(inspectPluginFile(path));
      expect(entries.map(({ file }) => file)).toEqual(['libbundle.so', 'libbundled.so']);
      const lockFile = join(folder, 'bundle.lock.json');
      writeLockFile(lockFile, addToLock(undefined, plugin, entries));
      const original = readFileSync(library);
      compileText('int bundled(void) { return 8; }', library);
      await refused(load(path, { lockFile }), /libbundled\.so was not loaded/);
      writeFileSync(library, original);
      using _runtime = await load(path, { lockFile });
      const { sharedObjects: loaded } = (process.report as NodeJS.ProcessReport).getReport() as unknown as {
        sharedObjects: string[];
      };
      expect(loaded.filter((file) => file.endsWith('/libbundled.so'))).toEqual([
        expect.stringMatching(
          /wasmedge-plugins-\d+-\d+\/[0-9a-f]{64}\/files\/plugin\/\.\.\/lib\/libbundled\.so$/,
        ),
      ]);
    });

    it('is not taken from a runtime of this process that did not verify it', async () => {
      const { plugin, path, sum } = build();
      using _first = await createRuntime({ plugins: [nativePlugin({ path })] });
      await refused(load(path, { sha256: { [plugin]: sum } }), /did not verify it/);
    });

    it('is loaded from a folder that is the user’s alone, which goes with the process', () => {
      const { path, sum, plugin } = build();
      const temporary = join(folder, 'temporary');
      mkdirSync(temporary);
      const program = (last: string) => `
        import { readdirSync, statSync } from 'node:fs';
        const runtime = await core.createRuntime({
          plugins: [core.nativePlugin({ path: ${JSON.stringify(path)} })],
          nativePlugins: { sha256: { ${plugin}: '${sum}' } },
          logger() {},
        });
        const [name] = readdirSync(process.env.TMPDIR);
        console.log(name.replace(/-\\d+$/, ''), (statSync(process.env.TMPDIR + '/' + name).mode & 0o777).toString(8));
        ${last}`;
      const environment = { TMPDIR: temporary };
      const name = `wasmedge-plugins-${process.getuid?.()}`;
      expect(core.run(program(''), { environment })).toEqual({ end: 0, stdout: `${name} 700\n`, stderr: '' });
      expect(readdirSync(temporary)).toEqual([]);
      expect(core.run(program("process.kill(process.pid, 'SIGKILL');"), { environment }).end).toBe('SIGKILL');
      const [left] = readdirSync(temporary);
      expect(left).toMatch(/^wasmedge-plugins-/);
      // What a killed process left is removed by the next one.
      expect(core.run(program(''), { environment }).end).toBe(0);
      expect(readdirSync(temporary)).toEqual([]);
    });

    it('refuses a folder that somebody else could have prepared', () => {
      const { path, sum, plugin } = build();
      const temporary = join(folder, 'prepared');
      mkdirSync(temporary);
      for (const prepare of [
        `mkdirSync(own); chmodSync(own, 0o777);`,
        `symlinkSync(${JSON.stringify(folder)}, own);`,
        `writeFileSync(own, '');`,
      ]) {
        const outcome = core.run(
          `import { mkdirSync, chmodSync, symlinkSync, writeFileSync } from 'node:fs';
          const own = process.env.TMPDIR + '/wasmedge-plugins-' + process.getuid() + '-' + process.pid;
          ${prepare}
          const error = await core.createRuntime({
            plugins: [core.nativePlugin({ path: ${JSON.stringify(path)} })],
            nativePlugins: { sha256: { ${plugin}: '${sum}' } },
          }).catch((error) => error);
          console.log(error.code);`,
          { environment: { TMPDIR: temporary } },
        );
        expect(outcome).toEqual({ end: 0, stdout: 'ERR_NATIVE_PLUGIN_LOAD\n', stderr: '' });
      }
    });

    it('is shared by threads, verified or not', () => {
      const { path, sum, plugin } = build();
      const guest = literal(guestOf(plugin));
      const outcome = core.run(
        `import { Worker, isMainThread, workerData } from 'node:worker_threads';
        const load = async (nativePlugins) => {
          const runtime = await core.createRuntime({
            plugins: [core.nativePlugin({ path: ${JSON.stringify(path)}, options: { i32: 42 } })], nativePlugins, logger() {},
          });
          return runtime.instantiate(${guest}).exports.number(3);
        };
        const pinned = { sha256: { ${plugin}: '${sum}' } };
        const wrong = { sha256: { ${plugin}: '${'0'.repeat(64)}' } };
        console.log(await load(workerData ?? pinned).catch((error) => error.code));
        if (isMainThread) {
          for (const workerData of [pinned, {}, wrong]) {
            await new Promise((resolve) => new Worker(new URL(import.meta.url), { workerData }).once('exit', resolve));
          }
        }`,
      );
      expect(outcome).toEqual({
        end: 0,
        stdout: '42\n42\n42\nERR_NATIVE_PLUGIN_UNVERIFIED\n',
        stderr: '',
      });
    });
  }),
);
