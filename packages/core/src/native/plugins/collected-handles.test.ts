import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { compilePlugin, forCompiler } from '../../__fixtures__/compile-c.js';
import { forEngine } from '../../__fixtures__/engines.js';
import { createRuntime, nativePlugin } from '../../index.js';
import { isLoaded } from '../keep-loaded.js';
import { openLibrary } from '../library.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

forEngine('wasmedge', () =>
  forCompiler(() => {
    it('a plug-in stays in the process until WasmEdge has it, also when garbage is collected meanwhile', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'collected-handles-'));
      const file = compilePlugin(folder, {
        plugin: 'test_collected',
        module: 'numbers',
        file: 'libtestCollected.so',
      });
      const { c } = openLibrary(undefined);
      const load = c.PluginLoadFromPath;
      let wasLoaded: boolean | undefined;
      Object.assign(c, {
        PluginLoadFromPath(path: string) {
          collectGarbage();
          wasLoaded = isLoaded(file);
          return load(path);
        },
      });
      try {
        using runtime = await createRuntime({ plugins: [nativePlugin({ path: file, options: { u8: 7 } })] });
        expect(wasLoaded).toBe(true);
        expect(runtime.report().engine).toBe('wasmedge');
      } finally {
        Object.assign(c, { PluginLoadFromPath: load });
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }),
);
