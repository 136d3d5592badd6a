import { expect, it } from 'vitest';
import { adder, forEachEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  combinePlugins,
  createRuntime,
  DuplicateNameError,
  hostFunction,
  hostModule,
  ImportMismatchError,
  knownPlugins,
  MissingImportError,
  type Plugin,
} from '../index.js';

// The modules and packages of the design's table, written down by hand.
const packages = {
  wasmedge_process: '@wasmedge-plugins/process',
  wasi_ephemeral_crypto_common: '@wasmedge-plugins/wasi-crypto',
  wasi_ephemeral_crypto_asymmetric_common: '@wasmedge-plugins/wasi-crypto',
  wasi_ephemeral_crypto_kx: '@wasmedge-plugins/wasi-crypto',
  wasi_ephemeral_crypto_signatures: '@wasmedge-plugins/wasi-crypto',
  wasi_ephemeral_crypto_symmetric: '@wasmedge-plugins/wasi-crypto',
  wasi_ephemeral_nn: '@wasmedge-plugins/wasi-nn-ggml',
  wasmedge_httpsreq: '@wasmedge-plugins/httpsreq',
};

function embedded(name: string, modules: readonly string[], extra: Partial<Plugin> = {}): Plugin {
  return {
    name,
    provider: 'embedded',
    moduleNames: modules,
    create: () => ({
      modules: modules.map((module) =>
        hostModule(module, { name: hostFunction([], ['i32'], () => name.length) }),
      ),
    }),
    ...extra,
  };
}

forEachEngine((engine) => {
  it.each(Object.entries(packages))(
    'names the package for a missing import of %s',
    async (module, packageName) => {
      using runtime = await createRuntime({ engine });
      const source = wat(`(module (import "${module}" "anything" (func)))`);
      const error = expectThrows(
        () => runtime.instantiate(source),
        MissingImportError,
        'ERR_MISSING_IMPORT',
        new RegExp(`"${module}"."anything"`),
        new RegExp(`install .*${packageName}`),
        /createRuntime\(\{ plugins \}\)/,
      );
      expect(error).toMatchObject({ module, field: 'anything' });
      expect(error.packageNames[0]).toBe(packageName);
      expectThrows(() => runtime.run(source), MissingImportError, 'ERR_MISSING_IMPORT');
      expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
    },
  );

  it('leaves it to the format of the models which backend of WASI-NN is installed', async () => {
    using runtime = await createRuntime({ engine });
    const source = wat('(module (import "wasi_ephemeral_nn" "load" (func)))');
    const error = expectThrows(
      () => runtime.instantiate(source),
      MissingImportError,
      'ERR_MISSING_IMPORT',
      /WASI-NN plug-in: install the package for the format of its models \(@wasmedge-plugins\/wasi-nn-ggml or .*-kserve\) and pass it/,
    );
    expect(error.packageNames).toEqual(knownPlugins.find(({ name }) => name === 'wasi_nn')?.packageNames);
  });

  it('lists every backend of WASI-NN', () => {
    expect(knownPlugins.find(({ name }) => name === 'wasi_nn')?.packageNames).toEqual([
      '@wasmedge-plugins/wasi-nn-ggml',
      '@wasmedge-plugins/wasi-nn-onnx',
      '@wasmedge-plugins/wasi-nn-openvino',
      '@wasmedge-plugins/wasi-nn-pytorch',
      '@wasmedge-plugins/wasi-nn-tflite',
      // Its models are on servers: it is the last to be advised.
      '@wasmedge-plugins/wasi-nn-kserve',
    ]);
  });

  it('says what to give for a missing import that no package has', async () => {
    using runtime = await createRuntime({ engine });
    const error = expectThrows(
      () => runtime.instantiate(wat('(module (import "my" "thing" (func)))')),
      MissingImportError,
      'ERR_MISSING_IMPORT',
      /"my"\."thing"/,
      /host module "my"/,
    );
    expect(error).toMatchObject({ module: 'my', field: 'thing', packageNames: [] });
  });

  it.each(['memory 1', 'global i32', 'table 1 funcref'])('tells of a missing (%s) too', async (type) => {
    using runtime = await createRuntime({ engine });
    expectThrows(
      () => runtime.instantiate(wat(`(module (import "my" "thing" (${type})))`)),
      MissingImportError,
      'ERR_MISSING_IMPORT',
      /"my"\."thing"/,
    );
  });

  it('tells a missing function of a module that is there', async () => {
    const module = hostModule('env', { there: hostFunction([], [], () => {}) });
    using runtime = await createRuntime({ engine, hostModules: [module] });
    for (const name of ['other', 'toString', '__proto__', 'constructor', '']) {
      expectThrows(
        () =>
          runtime.instantiate(wat(`(module (import "env" "there" (func)) (import "env" "${name}" (func)))`)),
        MissingImportError,
        'ERR_MISSING_IMPORT',
        new RegExp(`"env"."${name}"`),
        /exists, but lacks this function/,
      );
    }
  });

  it('refuses an import with another signature or kind than the host function has', async () => {
    const add = hostFunction(['i32', 'i32'], ['i32'], (_caller, a, b) => a + b);
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { add })] });
    for (const [type, said] of [
      ['func', /as \(\) -> \(\), but the host provides \(i32 i32\) -> \(i32\)/],
      ['func (param i32 i32)', /as \(i32 i32\) -> \(\)/],
      ['func (param i64 i32) (result i32)', /as \(i64 i32\) -> \(i32\)/],
      ['func (param i32 i32) (result i32 i32)', /as \(i32 i32\) -> \(i32 i32\)/],
      ['memory 1', /as a memory, but the host provides a function/],
      ['global i32', /as a global/],
      ['table 1 funcref', /as a table/],
    ] as const) {
      expectThrows(
        () => runtime.instantiate(wat(`(module (import "env" "add" (${type})))`)),
        ImportMismatchError,
        'ERR_IMPORT_MISMATCH',
        /"env"\."add"/,
        said,
      );
    }
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  });

  it('serves one import that a guest names twice', async () => {
    const seven = hostFunction([], ['i32'], () => 7);
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { seven })] });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "seven" (func $a (result i32))) (import "env" "seven" (func $b (result i32)))
        (func (export "both") (result i32) (i32.add (call $a) (call $b))))`),
    );
    expect(guest.exports.both?.()).toBe(14);
  });

  it('takes names with any characters', async () => {
    const module = 'größe 🧭 "x"\\';
    const one = hostFunction([], ['i32'], () => 1);
    using runtime = await createRuntime({
      engine,
      hostModules: [hostModule(module, { 'a b\n': one, '': one })],
    });
    const guest = runtime.instantiate(
      wat(
        `(module (import "größe 🧭 \\"x\\"\\\\" "a b\\n" (func $one (result i32))) (import "größe 🧭 \\"x\\"\\\\" "" (func))
        (export "ü" (func $one)))`.replace('"" (func)', '"" (func (result i32))'),
      ),
    );
    expect(guest.exports.ü?.()).toBe(1);
  });

  it('refuses two host modules of one name, and a host module of a name that a plug-in has', async () => {
    const module = hostModule('env', {});
    await expectRejects(
      createRuntime({ engine, hostModules: [module, module] }),
      DuplicateNameError,
      'ERR_DUPLICATE_NAME',
      /"env"/,
      /choose another/,
    );
    await expectRejects(
      createRuntime({ engine, plugins: [embedded('p', ['env'])], hostModules: [module] }),
      DuplicateNameError,
      'ERR_DUPLICATE_NAME',
      /"env"/,
    );
  });

  it('refuses two plug-ins of one name or one module', async () => {
    await expectRejects(
      createRuntime({ engine, plugins: [embedded('p', ['a']), embedded('p', ['b'])] }),
      DuplicateNameError,
      'ERR_DUPLICATE_NAME',
      /plug-in p was given 2 times/,
    );
    await expectRejects(
      createRuntime({ engine, plugins: [embedded('p', ['a']), embedded('q', ['a'])] }),
      DuplicateNameError,
      'ERR_DUPLICATE_NAME',
      /"a"/,
    );
  });

  it('hands plug-ins of one name to the function they carry for it', async () => {
    const given: string[][] = [];
    const backend = (label: string) =>
      embedded('wasi_nn', [label], {
        [combinePlugins]: (plugins: readonly Plugin[]) => {
          given.push(plugins.flatMap(({ moduleNames }) => moduleNames));
          return embedded('wasi_nn', ['both']);
        },
      });
    using runtime = await createRuntime({
      engine,
      plugins: [backend('first'), embedded('p', ['a']), backend('second')],
    });
    expect(given).toEqual([['first', 'second']]);
    expect(runtime.report().plugins.map(({ name, modules }) => [name, modules])).toEqual([
      ['wasi_nn', ['both']],
      ['p', ['a']],
    ]);
  });

  it('reports an embedded plug-in with its modules and why it was taken', async () => {
    using runtime = await createRuntime({ engine, plugins: [embedded('plug', ['a', 'b'])] });
    expect(runtime.report()).toMatchObject({
      engine,
      engineReason: 'the option engine asks for it',
      plugins: [
        {
          name: 'plug',
          provider: 'embedded',
          modules: ['a', 'b'],
          reason: expect.stringMatching(/every engine/),
        },
      ],
    });
    const guest = runtime.instantiate(
      wat('(module (import "b" "name" (func $name (result i32))) (export "name" (func $name)))'),
    );
    expect(guest.exports.name?.()).toBe(4);
  });
});
