import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { generateGuestTypes, guestNeeds } from '../guests.js';
import { readModuleTypes } from '../index.js';
import { checkTypes } from './__fixtures__/check-types.js';
import { withNameSection, withParameterNames } from './__fixtures__/name-section.js';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

const guest = wat(
  `(module
  (import "env" "log" (func $log (param $level i32) (param $text-pointer i32)))
  (import "env" "log" (func $log2 (param i64)))
  (import "env" "base" (global i32))
  (import "wasi_snapshot_preview1" "proc_exit" (func (param $code i32)))
  (import "wasi_ephemeral_crypto_common" "options_open" (func (param i32 i32) (result i32)))
  (import "wasi_ephemeral_nn" "load" (func (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1 3)
  (global (export "count") (mut i64) (i64.const 7))
  (global (export "limit") i32 (i32.const 7))
  (table (export "table") 2 funcref)
  (tag (export "wrong") (param i32))
  (func (export "add") (param $left i32) (param $right i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "pair") (param $class i64) (result i64 f64) local.get 0 f64.const 1)
  (func (export "vector") (param v128) (result v128) local.get 0))`,
  true,
);

/** Names that would end a literal, a comment or a member, or mean something else in JavaScript. */
const hostileNames = [
  '',
  "it's",
  'a"b',
  '\'"',
  'back\\slash',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a name.
  '`${x}`',
  '*/ export const x = 1; /*',
  '// x',
  'line\nfeed',
  'separator\u2028\u2029',
  'right\u202eleft',
  'zero\u0000byte',
  'größe',
  '日本',
  '👍',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'class',
  'default',
  '1st',
  'a b',
  'a-b',
  'a.b',
  '[key]',
  'readonly x',
  '@ts-ignore',
  '</script>',
];

const hostile = () => {
  const quoted = (name: string) =>
    `"${[...new TextEncoder().encode(name)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}"`;
  return wat(`(module
    ${hostileNames.map((name) => `(import ${quoted(name)} ${quoted(name)} (func (param i32)))`).join('\n')}
    ${hostileNames.map((name) => `(func (export ${quoted(name)}) (param i32 i64) (result f32) f32.const 0)`).join('\n')}
    ${hostileNames.map((name) => `(global (export ${quoted(`g${name}`)}) i32 (i32.const 0))`).join('\n')}
    ${hostileNames.map((name) => `(memory (export ${quoted(`m${name}`)}) 0)`).join('\n')})`);
};

const many = () =>
  wat(
    `(module ${Array.from({ length: 10_000 }, (_, index) => `(func (export "f${index}") (param $x i32) (param $x2 i64))`).join('\n')})`,
    true,
  );

/** Every built guest of the packages and examples. */
const fixtures = ['packages', 'examples'].flatMap((folder) =>
  readdirSync(path.join(repository, folder)).flatMap((name) => {
    const conformance = path.join(repository, folder, name, 'conformance');
    try {
      return readdirSync(conformance)
        .filter((file) => file.endsWith('.wasm'))
        .map((file) => path.join(conformance, file));
    } catch {
      return [];
    }
  }),
);

/** Texts by file names: of each guest a module. */
const modules = (): Record<string, string> => {
  const generated = fixtures.map((file) => {
    const name = path.basename(file);
    return [
      `${path.basename(path.dirname(path.dirname(file)))}-${name}.ts`,
      generateGuestTypes(readFileSync(file), { name }),
    ];
  });
  return {
    ...Object.fromEntries(generated),
    'add.ts': generateGuestTypes(guest, { name: 'add.wasm' }),
    'hostile.ts': generateGuestTypes(hostile(), { name: "it's */ a\nname.wasm" }),
    'many.ts': generateGuestTypes(many()),
    'nothing.ts': generateGuestTypes(wat('(module)')),
    'add.d.wasm.ts': generateGuestTypes(guest, { form: 'declarations' }),
    'hostile.d.wasm.ts': generateGuestTypes(hostile(), { form: 'declarations' }),
  };
};

const uses = `
import { createPool, createRuntime, hostModule, implement } from '@wasmedge-plugins/core';
import { guest, type Imports, importSignatures, load, signatures } from './add.js';
import { load as loadBundled, signatures as bundled } from './add.wasm';

using inline = await load();
const sum: number = inline.exports.add(1, 2);
const [high, low]: [bigint, number] = inline.exports.pair(1n);
const size: number = inline.memory.byteLength + inline.exportedMemory('memory').byteLength;
inline.exportedGlobal('count').set(inline.exportedGlobal('count').get() + 1n);
inline.exportedTable('table').get(0);
// @ts-expect-error an argument is missing
inline.exports.add(1);
// @ts-expect-error it is not exported
inline.exports.other;
// @ts-expect-error it is a number
const text: string = inline.exports.add(1, 2);
// @ts-expect-error no global has this name
inline.exportedGlobal('add');
// @ts-expect-error no memory has this name
inline.exportedMemory('memory2');
// @ts-expect-error the value is a bigint
inline.exportedGlobal('count').set(1);

await using placed = await load({ placement: 'worker' });
const later: Promise<number> = placed.exports.add(1, 2);
const call: Promise<[bigint, number]> = placed.call('pair', [1n]);
const global: bigint = await placed.exportedGlobal('count').get();
// @ts-expect-error a promise is not its value
placed.exports.add(1, 2) + 1;
// @ts-expect-error it has an asynchronous end
using _placed = placed;

await using worker = await createRuntime({ placement: 'process' });
await (await load(worker, { name: 'math' })).exports.add(1, 2);
using runtime = await createRuntime();
(await load(runtime)).exports.add(1, 2) + 1;
// @ts-expect-error there is no such option
load({ engin: 'v8' });
// @ts-expect-error a runtime that is made has no other guests
load({ name: 'math' });

await using pool = createPool({ guest, exports: signatures });
const pooled: number = await pool.call('add', [1, 2]);
const log: Imports['env']['log'] = (level, text_pointer) => void (level + text_pointer);
hostModule('env', implement(importSignatures.env, { log: (_caller, level, pointer) => log(level, pointer) }));

const same: typeof signatures = bundled;
const bundledSum: number = (await loadBundled()).exports.add(1, 2);
export const all = [sum, high, low, size, text, later, call, global, pooled, same, bundledSum];
`;

describe('the text', () => {
  it('compiles under strict for every guest here and for hostile names, and types what is done with it', () => {
    expect(fixtures.length).toBeGreaterThan(15);
    expect(checkTypes({ ...modules(), 'uses.ts': uses }, { allowArbitraryExtensions: true })).toEqual([]);
  });

  it('is formatted', () => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'guest-types-')));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, text] of Object.entries(modules())) {
      // An object that could have plain keys is written otherwise by formatters when one of them must not be plain.
      if (!name.startsWith('hostile') && name !== 'many.ts') writeFileSync(path.join(folder, name), text);
    }
    writeFileSync(
      path.join(folder, 'biome.json'),
      JSON.stringify({
        root: true,
        linter: { enabled: false },
        assist: { enabled: false },
        formatter: { indentStyle: 'space', lineWidth: 100 },
        javascript: { formatter: { quoteStyle: 'single' } },
        json: { formatter: { enabled: false } },
      }),
    );
    const biome = path.join(repository, 'node_modules/@biomejs/biome/bin/biome');
    const { stdout, stderr, status } = spawnSync(process.execPath, [biome, 'format', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
  });

  it('names parameters as the guest does, as identifiers that are valid and unique', () => {
    const names = ['left', 'left', 'class', '1st', 'a b', '日本', '__x', 'größe', 'p8', ''];
    const params = names.map(() => 'i32').join(' ');
    const module = wat(`(module (func (export "f") (param ${params})))`);
    const text = generateGuestTypes(withParameterNames(module, names));
    expect(text).toContain(
      '(left: number, left2: number, class_: number, _1st: number, a_b: number, p5: number, x: number, größe: number, p8: number, p9: number)'
        .replace(/, /g, ',\n    ')
        .replace(/^\(/, '(\n    ')
        .replace(/\)$/, ',\n  )'),
    );
  });

  it('counts one page and one element in the singular', () => {
    const text = generateGuestTypes(wat('(module (memory (export "m") 1) (table (export "t") 0 1 funcref))'));
    expect(text).toContain('- `m`: memory, at least 1 page of 64 KiB');
    expect(text).toContain('- `t`: table of funcref, 0 to 1 element\n');
  });

  it('tells memories, globals, tables and tags, and what the guest needs', () => {
    const text = generateGuestTypes(guest, { name: 'add.wasm' });
    for (const line of [
      'Types of the guest add.wasm, made by wasmedge-plugins.',
      '- WASI preview 1, which every runtime provides.',
      '- The plug-in WASI-Crypto, which is in the package @wasmedge-plugins/wasi-crypto.',
      '- The plug-in WASI-NN, which is in the package @wasmedge-plugins/wasi-nn-ggml or',
      '- The module `env`, which no known plug-in has',
      '- `memory`: memory, 1 to 3 pages of 64 KiB',
      '- `count`: mutable global, i64',
      '- `limit`: constant global, i32',
      '- `table`: table of funcref, at least 2 elements',
      '- `wrong`: tag of exceptions',
      '- `base`: constant global, i32',
      'readonly log: (level: number, text_pointer: number) => void;',
      "new URL('./add.wasm', import.meta.url)",
    ]) {
      expect(text).toContain(line);
    }
    expect(guestNeeds(readModuleTypes(guest))).toMatchObject({
      wasi: true,
      plugins: [{ name: 'wasi_crypto' }, { name: 'wasi_nn' }],
      otherModules: ['env'],
    });
  });

  it('has no character that is not seen, and no comment that a name could end', () => {
    const text = generateGuestTypes(hostile(), { name: 'right\u202eleft */ x' });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2023);
    expect(
      source.statements.map((statement) => statement.getText(source).slice(0, 22).split(/[:=]/)[0]?.trim()),
    ).toEqual([
      'import { type GuestLoa',
      'export interface Expor',
      'export interface Guest',
      'export interface Impor',
      'export const signature',
      'export const importSig',
      'export const guest',
      'export const load',
    ]);
  });
});

describe('a section of names', () => {
  const module = wat('(module (func (export "f") (param i32 i32)))');
  const plain = generateGuestTypes(module);

  it.each<[string, readonly number[]]>([
    ['is cut', [2, 100]],
    ['says that it has four thousand million functions', [2, 5, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ['says that a function has more names than bytes', [2, 4, 1, 0, 100, 0]],
    ['has a name that is longer than it', [2, 5, 1, 0, 1, 0, 50]],
    ['has a name that is not text', [2, 7, 1, 0, 1, 0, 2, 0xff, 0xff]],
    ['names functions that there are not', [2, 6, 1, 99, 1, 0, 1, 97]],
    ['names locals that there are not', [2, 6, 1, 0, 1, 99, 1, 97]],
    ['has parts that nobody knows', [77, 1, 0]],
  ])('that %s changes nothing', (_what, content) => {
    expect(generateGuestTypes(withNameSection(module, content))).toBe(plain);
  });

  it('does not give longer names than anyone reads', () => {
    const text = generateGuestTypes(withParameterNames(module, ['x'.repeat(300), 'y'.repeat(200)]));
    expect(text).toContain(`(p0: number, ${'y'.repeat(40)}: number)`);
  });
});

it('refuses what few bytes of a guest would make too long', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `(export "e${index}" (func 0))`);
  const wide = wat(`(module (func (param ${'i64 '.repeat(1000)})) ${names.join('\n')})`);
  expect(wide.byteLength).toBeLessThan(100_000);
  expect(() => generateGuestTypes(wide)).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_GUEST',
      message: expect.stringContaining('would be more than 33554432 characters'),
    }),
  );
});

it.each<[unknown, unknown, RegExp]>([
  ['text', {}, /takes the bytes of a guest/],
  [wat('(module)'), { from: 'here' }, /from/],
  [wat('(module)'), { form: 'script' }, /form must be module or declarations, not "script"/],
  [wat('(module)'), { name: 5 }, /name and path must be strings/],
])('refuses %o with %o', (bytes, options, message) => {
  expect(() => generateGuestTypes(bytes as never, options as never)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringMatching(message) }),
  );
});
