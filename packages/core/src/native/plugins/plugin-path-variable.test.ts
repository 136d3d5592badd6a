import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BuiltCore, literal } from '../../__fixtures__/built-core.js';
import { compilePlugin, compileText, forCompiler } from '../../__fixtures__/compile-c.js';
import { forEngine } from '../../__fixtures__/engines.js';
import { wat } from '../../__fixtures__/wat.js';

forEngine('wasmedge', () =>
  forCompiler(() => {
    let folder: string;
    let core: BuiltCore;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'variable-'));
      core = await BuiltCore.build();
    });
    afterAll(() => {
      core?.[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    it('libwasmedge never asks for WASMEDGE_PLUGIN_PATH, on which it can end the process', () => {
      // Stands before the C library's own function and writes down which library asks for the variable.
      const told = join(folder, 'asked');
      const spy = compileText(
        `#define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdio.h>
        #include <string.h>
        char *getenv(const char *name) {
          char *(*next)(const char *) = (char *(*)(const char *))dlsym(RTLD_NEXT, "getenv");
          Dl_info info;
          if (strcmp(name, "WASMEDGE_PLUGIN_PATH") == 0 && dladdr(__builtin_return_address(0), &info) != 0) {
            FILE *file = fopen("${told}", "a");
            fprintf(file, "%s\\n", info.dli_fname);
            fclose(file);
          }
          return next(name);
        }`,
        join(folder, 'spy.so'),
        ['-ldl'],
      );
      mkdirSync(join(folder, 'plugins'));
      const path = compilePlugin(join(folder, 'plugins'), {
        plugin: 'spied',
        module: 'spied',
        file: 'libspied.so',
      });
      const guest = wat(`(module (import "spied" "number" (func $number (param i32) (result f64)))
        (func (export "number") (result f64) (call $number (i32.const 3))))`);
      const outcome = core.run(
        `const runtime = await core.createRuntime({ plugins: [core.nativePlugin({ name: 'spied', options: { i32: 42 } })] });
        console.log(runtime.report().plugins[0].path, runtime.instantiate(${literal(guest)}).exports.number());
        runtime[Symbol.dispose]();`,
        { environment: { LD_PRELOAD: spy, WASMEDGE_PLUGIN_PATH: `${join(folder, 'plugins')}::` } },
      );
      expect(outcome).toEqual({ end: 0, stdout: `${path} 42\n`, stderr: '' });
      const asked = readFileSync(told, 'utf8');
      // Node.js itself asks for it, on behalf of core: so the spy works.
      expect(asked).toContain('node');
      expect(asked).not.toContain('libwasmedge');
    });
  }),
);
