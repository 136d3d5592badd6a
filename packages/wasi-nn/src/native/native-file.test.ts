import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, NativePluginNotFoundError } from '@wasmedge-plugins/core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { forStandIn } from '../__fixtures__/for-stand-in.js';
import { sumPlugin } from '../__fixtures__/sum-plugin.js';
import { otherBackend } from './native-file.js';

const [openVino, pytorch, tensorFlowLite] = [0, 3, 4];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'native-file-'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A library of the name of the native plug-in that needs another one, as the plug-ins that WasmEdge releases do. */
function pluginNeeding(place: string, library: string): string {
  const [needed, plugin] = [
    join(folder, `lib${library}.so`),
    join(folder, place, 'libwasmedgePluginWasiNN.so'),
  ];
  mkdirSync(join(folder, place), { recursive: true });
  const build = (file: string, ...more: string[]) => {
    const args = ['-shared', '-x', 'c', '/dev/null', '-x', 'none', '-o', file, ...more];
    const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  build(needed);
  build(plugin, '-Wl,--no-as-needed', `-L${folder}`, `-l${library}`);
  return plugin;
}

await forStandIn((standIn) => {
  // The libraries that WasmEdge's build files link the backends with, 0.14.1.
  it.each([
    ['tensorflowlite_c', tensorFlowLite, 'tensorflowlite'],
    ['openvino', openVino, 'openvino'],
    ['torch_cpu', pytorch, 'pytorch'],
  ])('a file that needs lib%s.so is for one backend', (library, encoding, name) => {
    const file = pluginNeeding(`one-${library}`, library);
    for (const each of [openVino, pytorch, tensorFlowLite]) {
      const other = otherBackend(file, each);
      if (each === encoding) expect(other).toBeUndefined();
      else expect(other).toMatch(`plug-in for ${name}, not for `);
    }
  });

  it('a file of another backend is refused by its path, and passed over where files are searched for', async () => {
    const other = pluginNeeding('places/a', 'tensorflowlite_c');
    const named = createRuntime({ plugins: [sumPlugin({ provider: 'native', nativePath: other })] });
    await expect(named).rejects.toThrow(NativePluginNotFoundError);
    await expect(named).rejects.toThrow(`${other} is WASI-NN's plug-in for tensorflowlite, not for pytorch`);
    vi.stubEnv('WASMEDGE_PLUGIN_PATH', join(folder, 'places'));
    mkdirSync(join(folder, 'places/b'));
    const right = join(folder, 'places/b/libwasmedgePluginWasiNN.so');
    copyFileSync(standIn, right);
    using runtime = await createRuntime({
      plugins: [sumPlugin({ provider: 'native' })],
      logger: () => undefined,
    });
    expect(runtime.report().plugins).toMatchObject([{ provider: 'native', path: right }]);
  });
});
