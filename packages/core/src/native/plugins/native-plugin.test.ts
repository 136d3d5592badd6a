import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BuiltCore, literal } from '../../__fixtures__/built-core.js';
import { compilePlugin, forCompiler } from '../../__fixtures__/compile-c.js';
import { forEngine } from '../../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../../__fixtures__/expect-error.js';
import { wat } from '../../__fixtures__/wat.js';
import {
  createRuntime,
  DuplicateNameError,
  GuestTrapError,
  hostModule,
  ImportMismatchError,
  InvalidArgumentError,
  type NativeOptionValue,
  NativePluginLoadError,
  NativePluginNameTakenError,
  NativePluginNotFoundError,
  nativePlugin,
  type Plugin,
  UnsupportedByEngineError,
} from '../../index.js';

// The plug-in is one of our own on the C API, with the C descriptor that WasmEdge 0.14.1 reads: see __fixtures__/plugin.c.

const guest = wat(`(module
  (import "numbers" "number" (func $number (param i32) (result f64)))
  (import "numbers" "wide" (func $wide (param i32) (result i64)))
  (import "numbers" "character" (func $character (param i32) (result i32)))
  (import "numbers" "fail" (func $fail))
  (func (export "number") (param i32) (result f64) (call $number (local.get 0)))
  (func (export "wide") (param i32) (result i64) (call $wide (local.get 0)))
  (func (export "character") (param i32) (result i32) (call $character (local.get 0)))
  (func (export "fail") call $fail))`);

forEngine('wasmedge', () =>
  forCompiler(() => {
    let core: BuiltCore;
    let folder: string;
    let file: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'native-plugin-'));
      file = compilePlugin(folder, { plugin: 'test_numbers', module: 'numbers', file: 'libtestNumbers.so' });
      core = await BuiltCore.build();
    });
    afterAll(() => {
      core?.[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    const { WASMEDGE_PLUGIN_PATH } = process.env;
    afterEach(() => {
      if (WASMEDGE_PLUGIN_PATH === undefined) delete process.env.WASMEDGE_PLUGIN_PATH;
      else process.env.WASMEDGE_PLUGIN_PATH = WASMEDGE_PLUGIN_PATH;
    });

    function plugin(
      path: string | undefined,
      options: Record<string, NativeOptionValue> = {},
      more: { name?: string; fileName?: string; warning?: string } = {},
    ): Plugin {
      const { name = 'test_numbers', fileName = 'testNumbers', warning } = more;
      return {
        name,
        provider: 'native',
        moduleNames: ['numbers'],
        create: () => {
          throw new Error('Only the embedded provider is created.');
        },
        native: { fileName, path, options, warning },
      };
    }

    it('is loaded, reported and called by a guest, and its engine is wasmedge', async () => {
      using runtime = await createRuntime({ plugins: [plugin(file, { u8: 7 })] });
      expect(runtime.report()).toMatchObject({
        engine: 'wasmedge',
        engineReason: 'the native provider of test_numbers needs it',
        plugins: [{ name: 'test_numbers', provider: 'native', path: file, modules: ['numbers'] }],
      });
      const { exports } = runtime.instantiate(guest);
      expect(exports.number?.(5)).toBe(7);
      expect(expectThrows(() => exports.fail?.(), GuestTrapError, 'ERR_GUEST_TRAP').trap).toBe('other');
      expect(exports.number?.(5)).toBe(7);
    });

    it('stores options of every type, at their limits', async () => {
      const numbers: [option: string, index: number, values: (number | boolean)[]][] = [
        ['toggle', 0, [true, false]],
        ['i8', 1, [-128, 127, 0]],
        ['i16', 2, [-32768, 32767]],
        ['i32', 3, [-(2 ** 31), 2 ** 31 - 1]],
        ['u8', 5, [255, 0]],
        ['u16', 6, [65535]],
        ['u32', 7, [2 ** 32 - 1]],
        ['f32', 9, [1.5, -0.25]],
        ['f64', 10, [0.1, Number.MAX_VALUE]],
      ];
      for (const [option, index, values] of numbers) {
        for (const value of values) {
          using runtime = await createRuntime({ plugins: [plugin(file, { [option]: value })] });
          expect(runtime.instantiate(guest).exports.number?.(index)).toBe(Number(value));
        }
      }
      for (const [option, which, value] of [
        ['i64', 0, -(2n ** 63n)],
        ['i64', 0, -5],
        ['u64', 1, 2n ** 63n - 1n],
        ['u64', 1, 9],
      ] as const) {
        using runtime = await createRuntime({ plugins: [plugin(file, { [option]: value })] });
        expect(runtime.instantiate(guest).exports.wide?.(which)).toBe(BigInt(value));
      }
      for (const [value, stored] of [
        ['größe 🧭', 'größe 🧭'],
        ['', ''],
        [['git', 'ls'], 'git,ls'],
        ['x'.repeat(10_000), 'x'.repeat(10_000)],
      ] as const) {
        using runtime = await createRuntime({ plugins: [plugin(file, { text: value })] });
        const { exports } = runtime.instantiate(guest);
        const length = exports.number?.(11) as number;
        const bytes = Uint8Array.from({ length }, (_, index) => exports.character?.(index) as number);
        expect(Buffer.from(bytes).toString()).toBe(stored);
      }
    });

    it.each([
      [{ toggle: 1 }, /toggle .*takes a boolean/],
      [{ i8: 128 }, /i8 .*an integer from -128 to 127/],
      [{ i16: 1.5 }, /i16/],
      [{ i32: '1' }, /i32/],
      [{ i32: 1n }, /i32/],
      [{ i64: 2n ** 63n }, /i64/],
      [{ i64: 2 ** 60 }, /i64/],
      [{ u8: -1 }, /u8 .*from 0 to 255/],
      [{ u16: 65536 }, /u16/],
      [{ u32: 2 ** 32 }, /u32/],
      [{ u64: -1n }, /u64/],
      [{ f32: '1' }, /f32 .*a number/],
      [{ f64: 1n }, /f64/],
      [{ text: 5 }, /text .*a string or a list of strings/],
      [{ text: [5] }, /text .*a string or a list of strings/],
      [{ text: null }, /text/],
      [{ txet: 'x' }, /has no option txet; it has: toggle, i8, .*text/],
    ])('refuses the option %o', async (options, said) => {
      await expectRejects(
        createRuntime({ plugins: [plugin(file, options as never)] }),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        said,
      );
      using runtime = await createRuntime({ plugins: [plugin(file, { i8: 3 })] });
      expect(runtime.instantiate(guest).exports.number?.(1)).toBe(3);
    });

    it('is found in the places of WASMEDGE_PLUGIN_PATH, also in folders of folders', async () => {
      const nested = join(folder, 'places', 'deep', 'er');
      mkdirSync(nested, { recursive: true });
      const found = compilePlugin(nested, { plugin: 'test_found', module: 'found', file: 'libtestFound.so' });
      // A trailing separator would make WasmEdge itself abort the process.
      process.env.WASMEDGE_PLUGIN_PATH = `${join(folder, 'nowhere')}::${join(folder, 'places')}:`;
      using runtime = await createRuntime({
        plugins: [plugin(undefined, {}, { name: 'test_found', fileName: 'testFound' })],
      });
      expect(runtime.report().plugins[0]).toMatchObject({ path: found, modules: ['found'] });
    });

    it('that is not found is an error with every place and what to do', async () => {
      process.env.WASMEDGE_PLUGIN_PATH = join(folder, 'nowhere');
      const absent = (path?: string) =>
        createRuntime({ plugins: [plugin(path, {}, { name: 'test_absent', fileName: 'absent' })] });
      const notFound = [
        NativePluginNotFoundError,
        'ERR_NATIVE_PLUGIN_NOT_FOUND',
        /test_absent/,
        /provider: 'embedded'/,
      ] as const;
      const { message } = await expectRejects(absent(), ...notFound, /libabsent\.so/, /\.wasmedge\/plugin/);
      expect(message).toContain(`  ${join(folder, 'nowhere')}\n`);
      expect((await expectRejects(absent(join(folder, 'gone.so')), ...notFound)).message).toContain(
        join(folder, 'gone.so'),
      );
    });

    it('of another name is an error that tells the name', async () => {
      const path = compilePlugin(folder, { plugin: 'test_other', module: 'other', file: 'libother.so' });
      await expectRejects(
        createRuntime({ plugins: [plugin(path, {}, { name: 'test_wanted' })] }),
        NativePluginLoadError,
        'ERR_NATIVE_PLUGIN_LOAD',
        /but contains test_other/,
      );
    });

    it('cannot be replaced by another file of its name in the same process', async () => {
      using _first = await createRuntime({ plugins: [plugin(file)] });
      const second = compilePlugin(folder, {
        plugin: 'test_numbers',
        module: 'numbers',
        file: 'libtestNumbers2.so',
      });
      const { message } = await expectRejects(
        createRuntime({ plugins: [plugin(second)] }),
        NativePluginNameTakenError,
        'ERR_NATIVE_PLUGIN_NAME_TAKEN',
        /Use placement: 'process'/,
      );
      expect(message).toContain(file);
      expect(message).toContain(second);
    });

    it('says its warning once, to the logger', async () => {
      const path = compilePlugin(folder, {
        plugin: 'test_warning',
        module: 'warning',
        file: 'libwarning.so',
      });
      const said: string[][] = [];
      for (let round = 0; round < 2; round++) {
        using _runtime = await createRuntime({
          plugins: [plugin(path, {}, { name: 'test_warning', warning: 'It has a defect.' })],
          logger: (level, message) => said.push([level, message]),
        });
      }
      expect(said).toEqual([['warn', 'It has a defect.']]);
    });

    it('is there only for the runtime that it was given to', async () => {
      using _with = await createRuntime({ plugins: [plugin(file)] });
      using without = await createRuntime({ engine: 'wasmedge' });
      expect(() => without.instantiate(guest)).toThrow(/"numbers"/);
    });

    it('gives each runtime a module of its own, freed with it', async () => {
      for (let round = 0; round < 50; round++) {
        using runtime = await createRuntime({ plugins: [plugin(file, { i32: round })] });
        expect(runtime.instantiate(guest).exports.number?.(3)).toBe(round);
      }
    });

    it('refuses imports that it does not have, and names that it has', async () => {
      using runtime = await createRuntime({ plugins: [plugin(file)] });
      for (const source of ['(import "numbers" "other" (func))', '(import "numbers" "number" (func))']) {
        expectThrows(
          () => runtime.instantiate(wat(`(module ${source})`)),
          ImportMismatchError,
          'ERR_IMPORT_MISMATCH',
        );
      }
      await expectRejects(
        createRuntime({ plugins: [plugin(file)], hostModules: [hostModule('numbers', {})] }),
        DuplicateNameError,
        'ERR_DUPLICATE_NAME',
        /"numbers"/,
      );
      expect(runtime.instantiate(guest).exports.number?.(0)).toBe(0);
    });

    it('may have the file name of another one', async () => {
      const files = ['one', 'two'].map((name) => {
        mkdirSync(join(folder, name));
        return compilePlugin(folder, { plugin: `test_${name}`, module: name, file: `${name}/libsame.so` });
      });
      using runtime = await createRuntime({ plugins: files.map((path) => nativePlugin({ path })) });
      expect(runtime.report().plugins).toMatchObject([
        { name: 'test_one', modules: ['one'] },
        { name: 'test_two', modules: ['two'] },
      ]);
    });

    it('without a native provider is an error', async () => {
      const { native: _native, ...rest } = plugin(file);
      await expectRejects(
        createRuntime({ plugins: [rest] }),
        UnsupportedByEngineError,
        'ERR_UNSUPPORTED_BY_ENGINE',
        /provider: 'embedded'/,
      );
    });

    const use = (
      path: string,
    ) => `const plugin = (path, options = {}) => ({ name: 'test_numbers', provider: 'native',
      moduleNames: ['numbers'], create() {}, native: { fileName: 'testNumbers', path, options } });
    const runtime = await core.createRuntime({ plugins: [plugin(${JSON.stringify(path)}, { i32: 42 })] });
    console.log(runtime.instantiate(${literal(guest)}).exports.number(3));`;

    // koffi.md: a process that loaded a plug-in died of SIGSEGV at its normal end.
    it.each([
      ['the end of the program', '', 0],
      ['process.exitCode', 'process.exitCode = 3;', 3],
      ['process.exit', 'process.exit(3);', 3],
      ['process.exit(0) after disposal', 'runtime[Symbol.dispose](); process.exit(0);', 0],
      ['an error', "process.on('uncaughtException', () => process.exit(4)); throw new Error();", 4],
    ])('leaves the exit code of its process alone: %s', (_name, last, end) => {
      expect(core.run(`${use(file)}\n${last}`)).toEqual({ end, stdout: '42\n', stderr: '' });
    });

    const inWorker = (text: string, last: string) =>
      `import { Worker, isMainThread } from 'node:worker_threads';
    if (isMainThread) {
      const worker = new Worker(new URL(import.meta.url));
      const code = await new Promise((resolve, reject) => { worker.once('exit', resolve); worker.once('error', reject); });
      console.log('worker', code);
      ${last}
    } else { ${text} }`;

    it.each([
      ['the end of the program', '', '', 0],
      ['process.exitCode', 'process.exit(6);', 'process.exitCode = 3;', 3],
      ['process.exit', '', 'process.exit(5);', 5],
    ])('leaves the exit code alone when a worker loaded it: %s', (_name, inside, last, end) => {
      const outcome = core.run(inWorker(`${use(file)} ${inside}`, last));
      expect(outcome).toEqual({ end, stdout: `42\nworker ${inside === '' ? 0 : 6}\n`, stderr: '' });
    });

    it('is shared by threads, and cannot be replaced from another thread either', () => {
      const second = compilePlugin(folder, {
        plugin: 'test_numbers',
        module: 'numbers',
        file: 'libtestNumbers3.so',
      });
      const outcome = core.run(
        `import { Worker, isMainThread, workerData } from 'node:worker_threads';
      const load = async (path) => {
        const native = { fileName: 'testNumbers', path, options: { i32: 42 } };
        const plugin = { name: 'test_numbers', provider: 'native', moduleNames: ['numbers'], create() {}, native };
        const runtime = await core.createRuntime({ plugins: [plugin] });
        return runtime.instantiate(${literal(guest)}).exports.number(3);
      };
      console.log(await load(workerData ?? ${JSON.stringify(file)}).catch((error) => error.code));
      if (isMainThread) {
        for (const workerData of [${JSON.stringify(file)}, ${JSON.stringify(second)}]) {
          await new Promise((resolve) => new Worker(new URL(import.meta.url), { workerData }).once('exit', resolve));
        }
      }`,
      );
      expect(outcome).toEqual({ end: 0, stdout: '42\n42\nERR_NATIVE_PLUGIN_NAME_TAKEN\n', stderr: '' });
    });
  }),
);
