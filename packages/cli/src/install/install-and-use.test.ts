import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findWasmEdge } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { compilerProblem } from '../__fixtures__/compile-library.js';
import { describeWhere } from '../__fixtures__/describe-where.js';
import { libraryProblem } from '../__fixtures__/engines.js';
import { compilePlugin } from '../__fixtures__/native-plugins.js';
import { runBinBeside } from '../__fixtures__/run-bin.js';
import { ReleaseServer } from './__fixtures__/release-server.js';
import { tarball } from './__fixtures__/tarball.js';

describeWhere(libraryProblem ?? compilerProblem, 'a plug-in that was installed', () => {
  it('is that of the libwasmedge in use, is found and loads, and is locked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-install-use-'));
    const { version } = await findWasmEdge();
    // As WasmEdge names them: manylinux2014 to 0.14, manylinux_2_28 from 0.15.
    const system = Number(version.split('.')[1]) < 15 ? 'manylinux2014' : 'manylinux_2_28';
    const asset = `WasmEdge-plugin-wasi_crypto-${version}-${system}_${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.tar.gz`;
    const fileName = 'libwasmedgePluginWasiCrypto.so';
    const content = readFileSync(compilePlugin(folder, fileName, { name: 'wasi_crypto' }));
    const server = await ReleaseServer.start(version, { [asset]: tarball([{ path: fileName, content }]) });
    const bin = (...args: readonly string[]) =>
      runBinBeside(args, {
        cwd: folder,
        env: {
          HOME: folder,
          XDG_CACHE_HOME: undefined,
          WASMEDGE_PLUGIN_PATH: undefined,
          WASMEDGE_PLUGINS_RELEASES: server.url,
          HTTP_PROXY: undefined,
          http_proxy: undefined,
        },
      });
    try {
      const path = join(folder, '.wasmedge', 'plugin', fileName);
      expect((await bin('inspect', 'wasi_crypto')).stdout).toContain('wasmedge-plugins install wasi_crypto');
      expect(await bin('install', 'wasi_crypto')).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(`wasi_crypto ${version} is installed: ${path}\n`),
      });
      expect(await bin('inspect', 'wasi_crypto')).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(path),
      });
      const { plugins } = JSON.parse((await bin('doctor', '--json')).stdout);
      const state = plugins.find(({ name }: { name: string }) => name === 'wasi_crypto');
      expect(state).toMatchObject({
        released: { here: true, asset },
        native: { installed: true, path, loads: true },
      });
      expect((await bin('lock')).status).toBe(0);
      expect(await bin('verify')).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('ok: wasi_crypto'),
      });
    } finally {
      server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
