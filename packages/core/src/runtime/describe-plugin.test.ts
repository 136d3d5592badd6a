import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilePlugin, forCompiler } from '../__fixtures__/compile-c.js';
import { forEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import {
  createRuntime,
  DisposedError,
  GuestTrapError,
  InvalidArgumentError,
  nativeFunctions,
  nativePlugin,
} from '../index.js';
import {
  describePlugin,
  describePluginFile,
  generateDeclarations,
  type PluginDescription,
  pluginApiVersion,
} from '../plugins.js';

/** The files of a program that TypeScript has something to say about: one name for each message. */
function diagnose(files: Record<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    lib: ['lib.es2022.d.ts'],
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, version) =>
    files[name] === undefined
      ? getSourceFile(name, version)
      : ts.createSourceFile(name, files[name], version);
  host.fileExists = (name) => files[name] !== undefined || fileExists(name);
  host.readFile = (name) => files[name] ?? readFile(name);
  const program = ts.createProgram(Object.keys(files), options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file }) => file?.fileName ?? '');
}

const numbersFunctions = [
  { name: 'character', params: ['i32'], results: ['i32'] },
  { name: 'fail', params: [], results: [] },
  { name: 'leave_openssl_error', params: [], results: ['i32'] },
  { name: 'number', params: ['i32'], results: ['f64'] },
  { name: 'wide', params: ['i32'], results: ['i64'] },
];

forEngine('wasmedge', () =>
  forCompiler(() => {
    let folder: string;
    let file: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'describe-'));
      file = compilePlugin(folder, { plugin: 'described', module: 'numbers', file: 'libdescribed.so' });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('a loaded plug-in is described', async () => {
      const description = await describePluginFile(file);
      using runtime = await createRuntime({ plugins: [nativePlugin({ path: file })] });
      expect(description).toEqual({
        name: 'described',
        description: 'A plug-in for tests',
        version: '1.2.3.4',
        apiVersion: pluginApiVersion(runtime.report().library?.version as string),
        descriptor: 'c',
        path: file,
        modules: [{ name: 'numbers', descriptorName: 'descriptor of numbers', functions: numbersFunctions }],
        options: [
          ['toggle', 'toggle', false],
          ['i8', 'i8', 0],
          ['i16', 'i16', 0],
          ['i32', 'i32', 0],
          ['i64', 'i64', 0n],
          ['u8', 'u8', 0],
          ['u16', 'u16', 0],
          ['u32', 'u32', 0],
          ['u64', 'u64', 0n],
          ['f32', 'f32', 0],
          ['f64', 'f64', 0],
          ['text', 'string', ''],
        ].map(([name, type, value]) => ({ name, type, default: value, description: '' })),
      });
      expect(describePlugin(runtime, 'described')).toEqual(description);
      expect(runtime.report().plugins).toMatchObject([{ name: 'described', modules: ['numbers'] }]);
      expectThrows(
        () => describePlugin(runtime, 'other'),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /it has: described/,
      );
      expectThrows(() => describePlugin({} as never, 'x'), InvalidArgumentError, 'ERR_INVALID_ARGUMENT');
    });

    it('nothing of a runtime that was disposed is read', async () => {
      const runtime = await createRuntime({ plugins: [nativePlugin({ path: file })] });
      runtime[Symbol.dispose]();
      expectThrows(() => describePlugin(runtime, 'described'), DisposedError, 'ERR_DISPOSED');
      expectThrows(() => nativeFunctions(runtime, 'numbers'), DisposedError, 'ERR_DISPOSED');
    });

    it('a C++ plug-in does not tell its options', async () => {
      // A C++ descriptor without modules: after the fields that both kinds share, it goes on in its own way.
      const source = join(folder, 'cpp.c');
      writeFileSync(
        source,
        `#include <wasmedge/wasmedge.h>
        #include <stddef.h>
        static const struct { const char *Name, *Description; uint32_t Api, Version[4]; size_t Modules; void *M; size_t Components; void *C; void *Add; }
          Cpp = {"cpp_described", "In C++", WasmEdge_Plugin_CurrentAPIVersion, {0, 1, 2, 3}, 0, 0, 0, 0, 0};
        const void *GetDescriptor(void) { return &Cpp; }`,
      );
      const path = compilePlugin(folder, { plugin: 'unused', module: 'unused', file: 'libcpp.so' }, [source]);
      expect(await describePluginFile(path)).toMatchObject({
        name: 'cpp_described',
        version: '0.1.2.3',
        descriptor: 'cpp',
        modules: [],
        options: undefined,
      });
    });

    it('its functions are called from TypeScript, with the memory that they see', async () => {
      interface Numbers {
        readonly number: (index: number) => number;
        readonly wide: (index: number) => bigint;
        readonly character: (index: number) => number;
        readonly fail: () => void;
      }
      using runtime = await createRuntime({
        plugins: [nativePlugin({ path: file, options: { i64: -5n, text: 'abc', i8: 7, toggle: undefined } })],
      });
      const { exports, memory } = nativeFunctions<Numbers>(runtime, 'numbers', { memoryPages: 2 });
      expect(exports.number(1)).toBe(7);
      expect(exports.wide(0)).toBe(-5n);
      expect(exports.character(1)).toBe('b'.charCodeAt(0));
      expect(memory.byteLength).toBe(2 * 65_536);
      expectThrows(() => exports.fail(), GuestTrapError, 'ERR_GUEST_TRAP');
      expectThrows(
        () => nativeFunctions(runtime, 'other'),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /available: numbers/,
      );
      expectThrows(
        () => nativeFunctions(runtime, 'numbers', { memoryPages: -1 }),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
      );
    });

    it('is found by its name, though its file has another one', async () => {
      const { WASMEDGE_PLUGIN_PATH } = process.env;
      process.env.WASMEDGE_PLUGIN_PATH = folder;
      try {
        using runtime = await createRuntime({ plugins: [nativePlugin({ name: 'described' })] });
        expect(runtime.report().plugins).toMatchObject([{ name: 'described', path: file }]);
      } finally {
        process.env.WASMEDGE_PLUGIN_PATH = WASMEDGE_PLUGIN_PATH ?? '';
      }
    });

    it('the declarations of a real plug-in type its use', async () => {
      const declarations = generateDeclarations(await describePluginFile(file));
      const use = (text: string) =>
        `import type { DescribedModules, DescribedOptions, NumbersFunctions } from './plugin';
          declare const functions: NumbersFunctions;
          declare const modules: DescribedModules;
          ${text}`;
      const wrong = [
        `functions.number('1')`,
        `functions.number()`,
        `const w: number = functions.wide(1)`,
        `functions.absent()`,
        `const o: DescribedOptions = { toggle: 1 }`,
        `const o: DescribedOptions = { absent: 1 }`,
      ].map((text, index) => [`/wrong-${index}.ts`, use(text)] as const);
      const right = use(`const n: number = functions.number(1);
        const w: bigint = modules['numbers'].wide(1);
        functions.fail();
        const o: DescribedOptions = { toggle: true, i64: 5n, u64: 5, text: ['a'], f32: 0.5 };`);
      const files = { '/plugin.ts': declarations, '/right.ts': right, ...Object.fromEntries(wrong) };
      expect(diagnose(files).sort()).toEqual(wrong.map(([name]) => name));
    });
  }),
);

describe('generated declarations', () => {
  const hostile = [
    '*/ evil();',
    'a\n*/',
    '"',
    '\\',
    "'",
    '`x`',
    '\u2028',
    '',
    '1',
    'class',
    'größe',
    '__proto__',
    'a-b',
    'a_b',
  ];
  const description: PluginDescription = {
    name: '*/ 9',
    description: '*/ throw 1; /*\nsecond line',
    version: '1.2.3.4',
    apiVersion: 4,
    descriptor: 'c',
    path: '/x',
    modules: hostile.map((name) => ({
      name,
      descriptorName: name,
      functions: hostile.map((field) => ({
        name: field,
        params: ['i32', 'i64', 'f32', 'f64', 'v128', 'funcref', 'externref'],
        results: field === '' ? [] : field === '1' ? ['i32', 'i64'] : ['i64'],
      })),
    })),
    options: hostile.map((name) => ({ name, description: name, type: 'string', default: name })),
  };

  it('are valid whatever a plug-in calls its things', () => {
    const bare = { ...description, modules: [], options: undefined };
    expect(
      diagnose({
        '/plugin.ts': generateDeclarations(description),
        '/bare.ts': generateDeclarations(bare),
      }),
    ).toEqual([]);
  });

  it('leave out functions that JavaScript cannot call, and read well', () => {
    expect(
      generateDeclarations({
        name: 'plugin_name',
        description: 'Writes a string.',
        version: '0.13.5.0',
        apiVersion: 4,
        descriptor: 'c',
        path: '/x',
        modules: [
          {
            name: 'module_wasm_name',
            descriptorName: 'module_name',
            functions: [
              { name: 'get_string', params: ['i32', 'i32', 'i32'], results: [] },
              { name: 'odd', params: undefined, results: undefined },
            ],
          },
        ],
        options: [
          { name: 'string', description: 'The string', type: 'string', default: 'hello' },
          { name: 'upper', description: 'In capitals', type: 'toggle', default: false },
        ],
      }),
    ).toMatchInlineSnapshot(`
      "/**
       * Native plug-in plugin_name 0.13.5.0, plug-in API 4.
       * Writes a string.
       */

      /** Functions of the module module_wasm_name. */
      export interface ModuleWasmNameFunctions {
        /** \`(i32, i32, i32) -> ()\` */
        readonly get_string: (p0: number, p1: number, p2: number) => void;
      }

      /** The functions of each module, by the name that guests import from. */
      export interface PluginNameModules {
        readonly module_wasm_name: ModuleWasmNameFunctions;
      }

      /** Its options. */
      export type PluginNameOptions = {
        /**
         * The string
         * Type string. Default: "hello".
         */
        readonly string?: string | readonly string[];
        /**
         * In capitals
         * Type toggle. Default: false.
         */
        readonly upper?: boolean;
      };
      "
    `);
  });
});
