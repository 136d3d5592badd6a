import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileText, forCompiler } from '../../__fixtures__/compile-c.js';
import { forEngine } from '../../__fixtures__/engines.js';
import { createRuntime, findWasmEdge, nativeFunctions, nativePlugin } from '../../index.js';
import { inspectPluginFile } from '../../plugins.js';
import { tryPlugin } from './probe-plugin.js';

// Plug-ins that end the process which loads them, or whose descriptor leads to nowhere. Layout of the descriptor: wasmedge_plugin.h.

/** A plug-in with one module; each part can be replaced. */
const source = (parts: {
  readonly name?: string;
  readonly description?: string;
  readonly modules?: string;
  readonly moduleCount?: string;
  readonly options?: string;
  readonly optionCount?: string;
  readonly more?: string;
  readonly entry?: string;
}) => `#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wasmedge/wasmedge.h>
static int Started;
static WasmEdge_Result started(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In, WasmEdge_Value *Out) {
  (void)Data; (void)Frame; (void)In;
  Out[0] = WasmEdge_ValueGenI32(Started);
  return WasmEdge_Result_Success;
}
static WasmEdge_ModuleInstanceContext *create(const WasmEdge_ModuleDescriptor *Descriptor) {
  (void)Descriptor;
  WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreate(WasmEdge_StringWrap("tried", 5));
  const WasmEdge_ValType Int = WasmEdge_ValTypeGenI32();
  WasmEdge_FunctionTypeContext *Type = WasmEdge_FunctionTypeCreate(NULL, 0, &Int, 1);
  WasmEdge_ModuleInstanceAddFunction(Module, WasmEdge_StringWrap("started", 7), WasmEdge_FunctionInstanceCreate(Type, started, NULL, 0));
  WasmEdge_FunctionTypeDelete(Type);
  return Module;
}
void *Unused[] = {(void *)create, (void *)started, &Started};
static WasmEdge_ModuleDescriptor Modules[] = {${parts.modules ?? '{"tried", "", create}'}};
static WasmEdge_ProgramOption Options[] = {${parts.options ?? '{"none", "", WasmEdge_ProgramOptionType_None, NULL, NULL}'}};
${parts.more ?? ''}
static WasmEdge_PluginDescriptor Descriptor = {
  .Name = ${parts.name ?? '"tried"'}, .Description = ${parts.description ?? '""'}, .APIVersion = WasmEdge_Plugin_CurrentAPIVersion,
  .Version = {1, 0, 0, 0}, .ModuleCount = ${parts.moduleCount ?? '1'}, .ProgramOptionCount = ${parts.optionCount ?? '1'},
  .ModuleDescriptions = Modules, .ProgramOptions = Options,
};
void *UnusedDescriptor = &Descriptor;
const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { ${parts.entry ?? 'return &Descriptor;'} }\n`;

const onLoad = (body: string) => `__attribute__((constructor)) static void onLoad(void) { ${body} }`;

const ends: readonly (readonly [
  what: string,
  parts: Parameters<typeof source>[0],
  code: string,
  said: RegExp,
])[] = [
  ['a descriptor at address 8', { entry: 'return (void *)8;' }, 'LOAD', /ended with SIG(SEGV|ABRT)/],
  [
    'a descriptor at no address that can be',
    { entry: 'return (void *)0x1234567890abcdef;' },
    'LOAD',
    /ended with SIG/,
  ],
  ['no name', { name: 'NULL' }, 'INVALID', /its descriptor has no name/],
  ['an empty name', { name: '""' }, 'INVALID', /its descriptor has no name/],
  ['a name at address 8', { name: '(char *)8' }, 'LOAD', /ended with SIG/],
  ['2^32 - 1 modules', { moduleCount: '0xffffffffu' }, 'INVALID', /has 4294967295 modules/],
  ['2^32 - 1 options', { optionCount: '0xffffffffu' }, 'INVALID', /has 4294967295 modules or options/],
  ['a module without a name', { modules: '{NULL, "", create}' }, 'INVALID', /a module without a name/],
  ['a module that nothing makes', { modules: '{"tried", "", NULL}' }, 'INVALID', /without a function/],
  ['a module that is made at address 8', { modules: '{"tried", "", (void *)8}' }, 'LOAD', /ended with SIG/],
  [
    'an option without a name',
    { options: '{NULL, "", WasmEdge_ProgramOptionType_Int32, &Started, NULL}' },
    'INVALID',
    /an option without a name/,
  ],
  [
    'an option without a place',
    { options: '{"place", "", WasmEdge_ProgramOptionType_Int32, NULL, NULL}' },
    'INVALID',
    /the option place without a place for its value/,
  ],
  [
    'a description of a hundred megabytes',
    {
      description: 'Long',
      more: `static char Long[100000000]; ${onLoad('for (int At = 0; At < 99999999; At++) Long[At] = 120;')}`,
    },
    'INVALID',
    /a description of more than 65536 bytes/,
  ],
  ['a constructor that aborts', { more: onLoad('abort();') }, 'LOAD', /ended with SIGABRT/],
  // exit() ends the threads of Node.js under their work, which may end the process by a signal before the code is told.
  [
    'a constructor that exits with 0',
    { more: onLoad('exit(0);') },
    'LOAD',
    /ended with (exit code 0|SIG[A-Z]+)/,
  ],
  ['a constructor that exits at once', { more: onLoad('_exit(7);') }, 'LOAD', /ended with exit code 7/],
  ['a constructor that kills', { more: onLoad('raise(SIGKILL);') }, 'LOAD', /ended with SIGKILL/],
];

forEngine('wasmedge', () =>
  forCompiler(() => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'probe-plugin-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    let count = 0;
    const build = (parts: Parameters<typeof source>[0]) =>
      compileText(source(parts), join(folder, `libtried${count++}.so`), ['-w']);
    const load = (path: string) => createRuntime({ plugins: [nativePlugin({ path })] });
    /** A constructor that adds a letter to a file. */
    const counting = (file: string) =>
      onLoad(`FILE *File = fopen("${file}", "a"); fputc('x', File); fclose(File); Started = 1;`);

    it.each(ends)(
      'a plug-in that has %s is refused, and the host goes on',
      async (_what, parts, code, said) => {
        const path = build(parts);
        expect(inspectPluginFile(path).isDoubtful).toBe(true);
        for (const _attempt of [1, 2]) {
          await expect(load(path)).rejects.toMatchObject({
            code: `ERR_NATIVE_PLUGIN_${code}`,
            message: expect.stringMatching(said),
          });
        }
      },
    );

    it('a constructor that never returns is told as one', async () => {
      const file = build({ more: onLoad('for (;;) pause();') });
      const { path: library } = await findWasmEdge();
      const request = serialize({ library, file, options: {} });
      expect(tryPlugin(file, request, 4000)).toBe('did not finish within 4 seconds');
    });

    it('a doubtful plug-in that is all right is tried once, and works', async () => {
      const file = join(folder, 'count');
      const path = build({ name: '"counted"', more: counting(file) });
      using runtime = await load(path);
      const { exports } = nativeFunctions<{ started: () => number }>(runtime, 'tried');
      expect(exports.started()).toBe(1);
      expect(runtime.report().plugins).toMatchObject([{ name: 'counted', path }]);
      // Once in a process of its own, and once in this one.
      expect(readFileSync(file, 'utf8')).toBe('xx');
      using _again = await load(path);
      expect(readFileSync(file, 'utf8')).toBe('xx');
    });

    it('what was tried is what is loaded, though the file be swapped meanwhile', async () => {
      const bad = build({ more: onLoad('abort();') });
      const path = join(folder, 'libswapped.so');
      const more = onLoad(`if (getenv("WASMEDGE_PLUGINS_PROBE")) rename("${bad}", "${path}"); Started = 1;`);
      compileText(source({ name: '"swapped"', more }), path, ['-w']);
      using runtime = await load(path);
      expect(nativeFunctions<{ started: () => number }>(runtime, 'tried').exports.started()).toBe(1);
      await expect(
        createRuntime({ plugins: [nativePlugin({ path: build({ more: onLoad('abort();') }) })] }),
      ).rejects.toThrow(/SIGABRT/);
    });

    it('one that something vouches for is not tried', async () => {
      const file = join(folder, 'vouched');
      const path = build({ name: '"vouched"', more: counting(file) });
      const { sha256 } = inspectPluginFile(path);
      using _runtime = await createRuntime({ plugins: [nativePlugin({ path, sha256, name: 'vouched' })] });
      expect(readFileSync(file, 'utf8')).toBe('x');
    });

    it('one whose file tells all is not doubtful', () => {
      expect(inspectPluginFile(build({})).isDoubtful).toBe(false);
      const text = join(folder, 'libtext.so');
      writeFileSync(text, '');
      expect(() => inspectPluginFile(text)).toThrow(/is not a native plug-in/);
    });
  }),
);
