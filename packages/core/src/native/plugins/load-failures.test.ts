import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compilePlugin, compileText, forCompiler } from '../../__fixtures__/compile-c.js';
import { forEngine } from '../../__fixtures__/engines.js';
import { expectRejects } from '../../__fixtures__/expect-error.js';
import {
  createRuntime,
  findWasmEdge,
  NativePluginArchitectureError,
  NativePluginBackendTakenError,
  NativePluginDependencyError,
  NativePluginInvalidError,
  NativePluginLoadError,
  NativePluginNameTakenError,
  NativePluginNotFoundError,
  NativePluginVersionError,
  nativePlugin,
} from '../../index.js';
import { inspectPluginFile, pluginApiVersion, pluginProblems } from '../../plugins.js';

// Every silent outcome of WasmEdge's loader, each produced by a real file.

forEngine('wasmedge', () =>
  forCompiler(() => {
    let folder: string;
    let version: string;
    let apiVersion: number;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'load-failures-'));
      ({ version } = await findWasmEdge());
      apiVersion = pluginApiVersion(version) as number;
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    let count = 0;
    const build = (
      setup: {
        name?: string;
        apiVersion?: string;
        file?: string;
        more?: string;
        flags?: readonly string[];
      } = {},
    ) => {
      const name = setup.name ?? `failing_${count++}`;
      const flags = [...(setup.flags ?? [])];
      if (setup.more !== undefined) {
        const more = join(folder, `${name}-${count++}.c`);
        writeFileSync(more, setup.more);
        flags.unshift(more);
      }
      const file = setup.file ?? `lib${name}.so`;
      const names = {
        plugin: name,
        module: name,
        file,
        ...(setup.apiVersion && { apiVersion: setup.apiVersion }),
      };
      return compilePlugin(folder, names, flags);
    };
    const load = (path: string, name?: string) =>
      createRuntime({ plugins: [nativePlugin({ path, ...(name !== undefined && { name }) })] });
    /** What `inspect` and `doctor` say must be what loading says. */
    const problemsOf = (path: string) =>
      pluginProblems(inspectPluginFile(path), { version }).map(({ code, message }) => ({ code, message }));

    it('not found: every place is named', async () => {
      const error = await expectRejects(
        createRuntime({ plugins: [nativePlugin({ name: 'wasi_crypto' })] }),
        NativePluginNotFoundError,
        'ERR_NATIVE_PLUGIN_NOT_FOUND',
        /wasi_crypto \(libwasmedgePluginWasiCrypto\.so\)/,
      );
      const { pluginPlaces } = await findWasmEdge();
      expect((error as NativePluginNotFoundError).places).toEqual(pluginPlaces);
      for (const place of pluginPlaces) {
        expect(error.message).toContain(`\n  ${place}\n`);
      }
    });

    it.each([
      [183, 'linux arm64'],
      [3, 'linux ia32'],
      [22, 'linux s390x'],
      [4242, 'linux machine 4242'],
    ])('wrong architecture: machine %d is %s', async (machine, found) => {
      const path = build();
      const bytes = readFileSync(path);
      bytes.writeUInt16LE(machine, 18);
      writeFileSync(path, bytes);
      const error = await expectRejects(
        load(path),
        NativePluginArchitectureError,
        'ERR_NATIVE_PLUGIN_ARCHITECTURE',
        /Get the file for/,
      );
      expect(error).toMatchObject({ wanted: `${process.platform} ${process.arch}`, found: [found] });
      expect(problemsOf(path)[0]).toEqual({ code: error.code, message: error.message });
    });

    it('missing dependency: the library is named, and who needs it', async () => {
      const gone = compileText('int gone(void) { return 1; }', join(folder, 'libgone.so'), [
        '-Wl,-soname,libgone.so.1',
      ]);
      const middle = compileText(
        'int gone(void); int middle(void) { return gone(); }',
        join(folder, 'libmiddle.so'),
        [gone, '-Wl,-soname,libmiddle.so'],
      );
      const rpath = [`-Wl,-rpath,${folder}`];
      const direct = build({
        more: 'int gone(void); int use(void) { return gone(); }',
        flags: [gone, ...rpath],
      });
      const indirect = build({
        more: 'int middle(void); int use(void) { return middle(); }',
        flags: [middle, ...rpath],
      });
      const advice = /Install them, or name their folder in LD_LIBRARY_PATH/;
      for (const path of [direct, indirect]) {
        const error = await expectRejects(
          load(path),
          NativePluginDependencyError,
          'ERR_NATIVE_PLUGIN_DEPENDENCY',
          /libgone\.so\.1, which was not found/,
          advice,
        );
        expect((error as NativePluginDependencyError).missing).toEqual(['libgone.so.1']);
        expect(problemsOf(path)).toEqual([{ code: error.code, message: error.message }]);
      }
      expect(
        inspectPluginFile(indirect).libraries?.find(({ name }) => name === 'libgone.so.1'),
      ).toMatchObject({
        neededBy: middle,
        path: undefined,
      });
    });

    it('missing dependency: a version of a library is named', async () => {
      const script = join(folder, 'versions.map');
      const versioned = join(folder, 'libversioned.so');
      const flags = (text: string) => {
        writeFileSync(script, text);
        return [`-Wl,--version-script=${script}`, '-Wl,-soname,libversioned.so'];
      };
      compileText(
        'int first(void) { return 1; } int second(void) { return 2; }',
        versioned,
        flags('V_1 { global: first; local: *; }; V_2 { global: second; } V_1;'),
      );
      const path = build({
        more: 'int second(void); int use(void) { return second(); }',
        flags: [versioned, `-Wl,-rpath,${folder}`],
      });
      using _works = await load(path);
      const later = build({
        more: 'int second(void); int use(void) { return second(); }',
        flags: [versioned, `-Wl,-rpath,${join(folder, 'older')}`],
      });
      mkdirSync(join(folder, 'older'));
      compileText(
        'int first(void) { return 1; }',
        join(folder, 'older', 'libversioned.so'),
        flags('V_1 { global: first; local: *; };'),
      );
      expect(problemsOf(later)).toMatchObject([{ code: 'ERR_NATIVE_PLUGIN_DEPENDENCY' }]);
      expect(problemsOf(later)[0]?.message).toContain(
        `V_2 of libversioned.so, which ${join(folder, 'older', 'libversioned.so')} lacks`,
      );
    });

    it('missing dependency: a symbol that is needed at once is named, and one that may never be is a warning', async () => {
      const data = build({ more: 'extern int missing_number; int *use(void) { return &missing_number; }' });
      const error = await expectRejects(
        load(data),
        NativePluginDependencyError,
        'ERR_NATIVE_PLUGIN_DEPENDENCY',
        /symbol missing_number/,
      );
      expect((error as NativePluginDependencyError).missing).toEqual(['missing_number']);

      const call = build({ more: 'int missing_call(void); int use(void) { return missing_call(); }' });
      const said: string[] = [];
      using _runtime = await createRuntime({
        plugins: [nativePlugin({ path: call })],
        logger: (level, message) => said.push(`${level} ${message}`),
      });
      expect(said).toEqual([expect.stringMatching(/^warn .*needs the symbol missing_call/)]);
    });

    it('another API version: both are named, and the code of the plug-in has not run', async () => {
      const mark = join(folder, 'constructor-ran');
      const onLoad = `#include <stdio.h>
        __attribute__((constructor)) static void run(void) { fclose(fopen("${mark}", "w")); }`;
      for (const [text, number] of [
        ['2', 2],
        ['WasmEdge_Plugin_CurrentAPIVersion + 1', apiVersion + 1],
      ] as const) {
        const path = build({ apiVersion: text, more: onLoad });
        const error = await expectRejects(
          load(path),
          NativePluginVersionError,
          'ERR_NATIVE_PLUGIN_VERSION',
          new RegExp(`version ${number} of the plug-in API`),
          new RegExp(`libwasmedge ${version.replaceAll('.', '\\.')} has version ${apiVersion}`),
        );
        expect(error).toMatchObject({ pluginApiVersion: number, libraryApiVersion: apiVersion });
        expect(problemsOf(path)).toEqual([{ code: error.code, message: error.message }]);
      }
      expect(() => readFileSync(mark)).toThrow(/ENOENT/);
    });

    it('another API version that only running tells', async () => {
      // The entry function does more than return an address, so the file alone does not tell the version.
      const path = build({
        apiVersion: '2',
        more: `#include <wasmedge/wasmedge.h>
          const WasmEdge_PluginDescriptor *Inner(void);
          static volatile int Calls;
          const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { Calls = Calls + 1; return Inner(); }`,
        flags: ['-DPLUGIN_ENTRY=Inner'],
      });
      expect(inspectPluginFile(path)).toMatchObject({ descriptor: 'c', declared: {} });
      expect(problemsOf(path)).toEqual([]);
      const error = await expectRejects(load(path), NativePluginVersionError, 'ERR_NATIVE_PLUGIN_VERSION');
      expect(error).toMatchObject({ pluginApiVersion: 2, libraryApiVersion: apiVersion });
    });

    it('another API version behind the C++ entry', async () => {
      const path = build({ apiVersion: '2', flags: ['-DPLUGIN_ENTRY=GetDescriptor'] });
      expect(inspectPluginFile(path)).toMatchObject({ descriptor: 'cpp', declared: { apiVersion: 2 } });
      const error = await expectRejects(load(path), NativePluginVersionError, 'ERR_NATIVE_PLUGIN_VERSION');
      expect(error).toMatchObject({ pluginApiVersion: 2, libraryApiVersion: apiVersion });
    });

    it('a name that is taken: the file that has it is named', async () => {
      const first = build({ name: 'taken' });
      const second = build({ name: 'taken', file: 'libtaken2.so' });
      using _runtime = await load(first);
      for (const name of [undefined, 'taken']) {
        const error = await expectRejects(
          load(second, name),
          NativePluginNameTakenError,
          'ERR_NATIVE_PLUGIN_NAME_TAKEN',
          /Use placement: 'process' for the runtime of the other one/,
        );
        expect(error).toMatchObject({ plugin: 'taken', takenBy: first });
        expect(error.message).toContain(second);
      }
    });

    it('another WASI-NN backend: the way out is told', async () => {
      const first = build({ name: 'wasi_nn', file: 'libwasmedgePluginWasiNN.so' });
      mkdirSync(join(folder, 'other'));
      const second = build({ name: 'wasi_nn', file: 'other/libwasmedgePluginWasiNN.so' });
      using _runtime = await load(first);
      const error = await expectRejects(
        load(second, 'wasi_nn'),
        NativePluginBackendTakenError,
        'ERR_NATIVE_PLUGIN_BACKEND_TAKEN',
        /provider: 'embedded'/,
        /placement: 'process' for its runtime/,
      );
      expect(error).toMatchObject({ takenBy: first });
    });

    it.each([
      ['a text', (path: string) => writeFileSync(path, 'no plug-in'), /neither ELF, Mach-O nor PE/],
      ['empty', (path: string) => writeFileSync(path, ''), /lies outside its 0 bytes/],
      ['a program', (path: string) => copyFileSync('/proc/self/exe', path), /program|exports neither/],
      [
        'another library',
        (path: string) => {
          compileText('int nothing(void) { return 0; }', path);
        },
        /exports neither GetDescriptor nor WasmEdge_Plugin_GetDescriptor/,
      ],
      [
        'cut off',
        (path: string) => writeFileSync(path, readFileSync(build()).subarray(0, 5000)),
        /copied completely/,
      ],
      [
        'without a descriptor',
        (path: string) => {
          compileText('const void *WasmEdge_Plugin_GetDescriptor(void) { return 0; }', path);
        },
        /returns no descriptor/,
      ],
    ])('not a plug-in: %s', async (name, make, said) => {
      const path = join(folder, `${name.replaceAll(' ', '-')}.so`);
      make(path);
      await expectRejects(load(path), NativePluginInvalidError, 'ERR_NATIVE_PLUGIN_INVALID', said);
    });

    it('is loaded by a link with the suffix to a file without it', async () => {
      const path = build();
      renameSync(path, `${path}.1.2`);
      symlinkSync(`${path}.1.2`, path);
      using runtime = await load(path);
      expect(runtime.report().plugins).toMatchObject([{ path }]);
      using _again = await load(path);
    });

    it('not a plug-in to WasmEdge: a name without the suffix', async () => {
      const path = `${build()}.1`;
      copyFileSync(path.slice(0, -2), path);
      await expectRejects(
        load(path),
        NativePluginInvalidError,
        'ERR_NATIVE_PLUGIN_INVALID',
        /does not end in \.so/,
      );
    });

    it('another name than the one that was wanted', async () => {
      await expectRejects(
        load(build({ name: 'found' }), 'wanted'),
        NativePluginLoadError,
        'ERR_NATIVE_PLUGIN_LOAD',
        /but contains found/,
      );
    });

    it('a module that the plug-in refuses to make', async () => {
      const path = build({ flags: ['-DREFUSE_MODULE'] });
      await expectRejects(
        load(path),
        NativePluginLoadError,
        'ERR_NATIVE_PLUGIN_LOAD',
        /could not create its module/,
      );
    });
  }),
);
