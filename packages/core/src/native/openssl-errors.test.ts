import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compilePlugin, forCompiler } from '../__fixtures__/compile-c.js';
import { forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, hostModule, type Plugin } from '../index.js';
import { koffi } from './koffi.js';

// The plug-in of __fixtures__/plugin.c leaves an error in the OpenSSL of Node, as one does that is linked with OpenSSL and does not look
// after its errors. Whether there is one is asked of OpenSSL itself.

const guest = wat(`(module
  (import "numbers" "leave_openssl_error" (func $leave (result i32)))
  (import "host" "look" (func $look (result i32)))
  (func (export "leave") (result i32) call $leave)
  (func (export "leave_and_trap") call $leave drop unreachable)
  (func (export "leave_and_look") (result i32) call $leave drop call $look))`);

forEngine('wasmedge', () =>
  forCompiler(() => {
    const peek = koffi.load(null).func('ERR_peek_error', 'uint64_t', []) as () => number;
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'sec1',
      format: 'der',
    });
    let folder: string;
    let plugin: Plugin;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'openssl-errors-'));
      const path = compilePlugin(folder, {
        plugin: 'test_openssl',
        module: 'numbers',
        file: 'libtestOpenSsl.so',
      });
      plugin = {
        name: 'test_openssl',
        provider: 'native',
        moduleNames: ['numbers'],
        create: () => {
          throw new Error('Only the embedded provider is created.');
        },
        native: { fileName: 'testOpenSsl', path, options: {} },
      };
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    async function start() {
      const host = hostModule('host', {
        look: {
          params: [],
          results: ['i32'],
          call: () => {
            createPrivateKey({ key, format: 'der', type: 'sec1' });
            return peek();
          },
        },
      });
      return createRuntime({ engine: 'wasmedge', plugins: [plugin], hostModules: [host] });
    }

    it('are gone after a call, so that node:crypto does not take them for its own', async () => {
      using runtime = await start();
      const { exports } = runtime.instantiate(guest);
      expect(exports.leave?.()).toBe(1);
      expect(peek()).toBe(0);
      createPrivateKey({ key, format: 'der', type: 'sec1' });
    });

    it('are gone after a call that ends in a trap', async () => {
      using runtime = await start();
      const { exports } = runtime.instantiate(guest);
      expect(() => exports.leave_and_trap?.()).toThrow('unreachable');
      expect(peek()).toBe(0);
    });

    it('are gone when a host function is called in the same call', async () => {
      using runtime = await start();
      expect(runtime.instantiate(guest).exports.leave_and_look?.()).toBe(0);
    });
  }),
);
