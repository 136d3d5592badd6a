import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BuiltCore, literal } from '../__fixtures__/built-core.js';
import { compileFakeLibrary, compileWithoutCompiler, forCompiler } from '../__fixtures__/compile-c.js';
import { adder, forEngine } from '../__fixtures__/engines.js';
import { expectRejects } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  compileAhead,
  createRuntime,
  findWasmEdge,
  GuestCompileError,
  LibraryNotFoundError,
  LibraryVersionError,
} from '../index.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { WASMEDGE_LIBRARY } = process.env;
afterEach(() => {
  if (WASMEDGE_LIBRARY === undefined) delete process.env.WASMEDGE_LIBRARY;
  else process.env.WASMEDGE_LIBRARY = WASMEDGE_LIBRARY;
});

const notFound = [LibraryNotFoundError, 'ERR_LIBRARY_NOT_FOUND'] as const;
const wrongVersion = [LibraryVersionError, 'ERR_LIBRARY_VERSION'] as const;

describe('a libwasmedge', () => {
  it('that is not where the option says is an error with the place and how to install it', async () => {
    const path = join(folder, 'no', 'libwasmedge.so');
    for (const attempt of [() => createRuntime({ library: path }), () => findWasmEdge(path)]) {
      const { message } = await expectRejects(
        attempt(),
        ...notFound,
        /the option library/,
        /Install WasmEdge 0\.14 to 0\.17/,
      );
      expect(message).toContain(path);
      expect(message).toMatch(/WASMEDGE_LIBRARY/);
      expect(message).toMatch(/engine: 'v8'/);
    }
    using runtime = await createRuntime();
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  });

  it('that is not where WASMEDGE_LIBRARY says is an error that names the variable', async () => {
    process.env.WASMEDGE_LIBRARY = join(folder, 'gone.so');
    const { message } = await expectRejects(
      createRuntime({ engine: 'wasmedge' }),
      ...notFound,
      /variable WASMEDGE_LIBRARY/,
    );
    expect(message).toContain(process.env.WASMEDGE_LIBRARY);
  });

  forCompiler(() => {
    it.each([
      [0, 13, 5],
      [0, 18, 0],
      [1, 14, 0],
      [0, 9, 1],
    ] as const)('of version %d.%d.%d is refused with the versions that work', async (...version) => {
      const path = compileFakeLibrary(folder, version);
      await expectRejects(
        createRuntime({ library: path }),
        ...wrongVersion,
        new RegExp(`is version ${version.join('\\.')}; supported are 0\\.14, 0\\.15, 0\\.16 and 0\\.17`),
        /Install one of them/,
      );
      process.env.WASMEDGE_LIBRARY = path;
      await expectRejects(findWasmEdge(), ...wrongVersion);
    });

    it('that lacks functions of its version is refused', async () => {
      const path = compileFakeLibrary(folder, [0, 14, 1]);
      await expectRejects(
        createRuntime({ library: path }),
        ...wrongVersion,
        /libfake-0\.14\.1\.so/,
        /Name a libwasmedge/,
      );
    });
  });

  forEngine('wasmedge', () => {
    forCompiler(() => {
      it('tells whether it has a compiler, and without one compiles nothing and interprets', async () => {
        const { path, hasCompiler } = await findWasmEdge();
        expect(hasCompiler).toBe(true);
        const library = compileWithoutCompiler(folder, path);
        expect(await findWasmEdge(library)).toMatchObject({ path: library, hasCompiler: false });
        const cache = { directory: join(folder, 'aot') };
        const error = await expectRejects(
          compileAhead(adder, { library, cache }),
          GuestCompileError,
          'ERR_GUEST_COMPILE',
          /built without its compiler/,
        );
        expect(error.failure).toBe('no compiler');
        using runtime = await createRuntime({ library });
        expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
      });
    });
  });

  it.each([
    ['text', (path: string) => writeFileSync(path, 'no library')],
    ['nothing', (path: string) => writeFileSync(path, '')],
    ['a folder', (path: string) => mkdirSync(path)],
    ['another library', (path: string) => symlinkSync(process.execPath, path)],
  ])('that is %s is refused', async (name, make) => {
    const path = join(folder, `${name.replace(' ', '-')}.so`);
    make(path);
    await expectRejects(
      createRuntime({ library: path }),
      ...wrongVersion,
      /Name a libwasmedge 0\.14 to 0\.17/,
    );
  });
});

describe('a process of its own', () => {
  let core: BuiltCore;
  beforeAll(async () => {
    core = await BuiltCore.build();
  });
  afterAll(() => core?.[Symbol.dispose]());

  it('lists every place where no libwasmedge was found', () => {
    const home = join(folder, 'home');
    const outcome = core.run(
      `const error = await core.createRuntime({ engine: 'wasmedge' }).catch((error) => error);
      console.log(error.code ?? 'found');
      console.log(error.message);`,
      {
        environment: {
          HOME: home,
          WASMEDGE_LIBRARY: '',
          WASMEDGE_DIR: join(folder, 'installation'),
          LD_LIBRARY_PATH: `${join(folder, 'one')}:${join(folder, 'two')}`,
        },
      },
    );
    expect(outcome).toMatchObject({ end: 0, stderr: '' });
    const [code, ...lines] = outcome.stdout.trimEnd().split('\n');
    if (code !== 'found') {
      expect(code).toBe('ERR_LIBRARY_NOT_FOUND');
      const places = lines.map((line) => line.trim());
      for (const place of [
        join(folder, 'installation', 'lib'),
        join(folder, 'one'),
        join(folder, 'two'),
        join(home, '.wasmedge', 'lib'),
        '/usr/local/lib',
        '/usr/lib',
      ]) {
        expect(places).toContain(join(place, 'libwasmedge.so.0'));
      }
    }
  });

  it('needs no libwasmedge for engine v8', () => {
    const outcome = core.run(
      `const runtime = await core.createRuntime();
      console.log(runtime.instantiate(${literal(adder)}).exports.add(40, 2));
      console.log((process.report.getReport().sharedObjects ?? []).some((file) => /wasmedge|koffi/.test(file.split('/').at(-1))));`,
      { environment: { WASMEDGE_LIBRARY: join(folder, 'gone.so') } },
    );
    expect(outcome).toEqual({ end: 0, stdout: '42\nfalse\n', stderr: '' });
  });

  forEngine('wasmedge', () => {
    it('prints nothing of its own on stdout, whatever goes wrong', () => {
      const trap = wat(
        '(module (memory 1) (func (export "f") (drop (i32.load (i32.const -1)))) (func (export "_start") unreachable))',
      );
      const mismatch = wat('(module (import "env" "f" (func (param i32))))');
      const outcome = core.run(
        `const codes = [];
        const attempt = (action) => { try { action(); } catch (error) { codes.push(error.code); } };
        const module = core.hostModule('env', { f: core.hostFunction([], [], () => { throw Object.assign(new Error(), { code: 'own' }); }) });
        const runtime = await core.createRuntime({ engine: 'wasmedge', hostModules: [module], limits: { memoryPages: 2, cost: 10000 } });
        attempt(() => runtime.instantiate(${literal(trap)}).exports.f());
        attempt(() => runtime.run(${literal(trap)}));
        attempt(() => runtime.instantiate(new Uint8Array(50)));
        attempt(() => runtime.instantiate(${literal(adder)}.subarray(0, 30)));
        attempt(() => runtime.instantiate(${literal(mismatch)}));
        attempt(() => runtime.instantiate(${literal(wat('(module (memory 3))'))}));
        attempt(() => runtime.instantiate(${literal(wat('(module (import "env" "f" (func $f)) (start $f))'))}));
        attempt(() => runtime.instantiate(${literal(wat('(module (func $f (loop (br 0))) (start $f))'))}));
        attempt(() => runtime.instantiate(${literal(wat('(module (memory 1) (data (i32.const 65536) "x"))'))}));
        const native = { name: 'absent', provider: 'native', moduleNames: [], create() {}, native: { fileName: 'absent', options: {} } };
        await core.createRuntime({ plugins: [native] }).catch((error) => codes.push(error.code));
        runtime[Symbol.dispose]();
        process.stderr.write(codes.join(' '));`,
      );
      expect(outcome.end).toBe(0);
      expect(outcome.stdout).toBe('');
      // Nor on stderr: what went wrong is in the errors.
      expect(outcome.stderr).toBe(
        'ERR_GUEST_TRAP ERR_GUEST_TRAP ERR_INVALID_GUEST ERR_INVALID_GUEST ERR_IMPORT_MISMATCH ERR_MEMORY_LIMIT own ERR_COST_LIMIT ERR_GUEST_TRAP ERR_NATIVE_PLUGIN_NOT_FOUND',
      );
    });
  });
});
