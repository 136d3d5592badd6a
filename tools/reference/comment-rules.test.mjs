// @ts-check
import ts from 'typescript';
import { expect, test } from 'vitest';
import { commentProblems } from './comment-rules.mjs';

/** @type {ts.CompilerOptions} */
const options = { strict: true, target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], types: [] };
const host = ts.createCompilerHost(options);
const readFromDisk = host.getSourceFile;
/** @type {Map<string, ts.SourceFile | undefined>} */
const libraries = new Map();

/**
 * @param {string} code a module
 * @returns {string[]}
 */
function problemsOf(code) {
  const module = ts.createSourceFile('/index.ts', code, ts.ScriptTarget.ES2023);
  host.getSourceFile = (name, ...rest) => {
    if (name === module.fileName) return module;
    if (!libraries.has(name)) libraries.set(name, readFromDisk(name, ...rest));
    return libraries.get(name);
  };
  const program = ts.createProgram([module.fileName], options, host);
  return commentProblems(program, [module.fileName]).map(({ line, problem }) => `${line} ${problem}`);
}

const throws = (/** @type {string} */ name) => `${name} may throw, and its comment has no @throws`;

test.each([
  ['throws', '/** Stops. */\nexport function stop() { throw new Error(); }', 'stop'],
  ['rejects', '/** Stops. */\nexport const stop = () => Promise.reject(new Error());', 'stop'],
  [
    'calls one that throws',
    '/** A. */\nexport function a() { b(); }\nfunction b() { throw new Error(); }',
    'a',
  ],
  [
    'calls it for each',
    '/** A. */\nexport function a() { [1].map(() => b()); }\nfunction b() { throw new Error(); }',
    'a',
  ],
  [
    'throws what it caught',
    '/** A. */\nexport function a() { try { b(); } catch (e) { throw e; } }\nfunction b() {}',
    'a',
  ],
  ['is a method', '/** A. */\nexport class A {\n/** B. */\nb() { throw new Error(); } }', 'A.b'],
  [
    'is a constructor',
    '/** A. */\nexport class A {\n/** B. */\nconstructor() { throw new Error(); } }',
    'A.constructor',
  ],
  [
    'is declared in an interface that a class implements',
    'export interface A {\n/** B. */\nb(): void }\nclass Own implements A { b() { throw new Error(); } }',
    'A.b',
  ],
  [
    'is declared in an interface that an object implements',
    'export interface A {\n/** B. */\nb(): void }\nfunction stop() { throw new Error(); }\nexport const a: A = { b: stop };',
    'A.b',
  ],
])('a function that %s must say so', (_, code, name) => {
  expect(problemsOf(code).map((problem) => problem.replace(/^\d+ /, ''))).toEqual([throws(name)]);
  const [last] = [...code.matchAll(/\. \*\//g)].slice(-1);
  expect(
    problemsOf(`${code.slice(0, last?.index)} @throws always */${code.slice((last?.index ?? 0) + 4)}`),
  ).toEqual([]);
});

test('what is caught, happens later or is private is not told', () => {
  const b = '\nfunction b() { throw new Error(); }';
  expect(problemsOf(`/** A. */\nexport function a() { try { b(); } catch {} }${b}`)).toEqual([]);
  expect(problemsOf(`/** A. */\nexport function a() { return () => b(); }${b}`)).toEqual([]);
  expect(problemsOf(`/** A. */\nexport class A { private c() { b(); }\n#d() { b(); } }${b}`)).toEqual([]);
  expect(problemsOf(`function a() { b(); }${b}`)).toEqual([]);
});

test('a number says its unit, in its name or its comment', () => {
  const number = (/** @type {string} */ name) => `${name} is a number, and its comment does not say of what`;
  expect(problemsOf('export interface A {\n/** The time. */\ntime: number }')).toEqual([
    `3 ${number('A.time')}`,
  ]);
  expect(problemsOf('export interface A {\n/** The time. */\ntimeMs: number }')).toEqual([]);
  expect(problemsOf('export interface A {\n/** The time in milliseconds. */\ntime: bigint }')).toEqual([]);
  expect(problemsOf('export interface A {\n/** The times. */\ntimes: readonly number[] }')).toEqual([
    `3 ${number('A.times')}`,
  ]);
  expect(
    problemsOf('export interface A {\n/** The time. */\ntime?: number | bigint | undefined }'),
  ).toHaveLength(2);
  expect(problemsOf('/** The time. */\nexport function time() { return 1; }')).toHaveLength(1);
  expect(problemsOf('/** Waits. */\nexport function wait(time: number) {}')).toEqual([
    `2 ${number('wait(time)')}`,
  ]);
  expect(problemsOf('/** Waits. @param time seconds */\nexport function wait(time: number) {}')).toEqual([]);
  expect(
    problemsOf('export type A = {\n/** The time. */\ntime: number } | { /** X. */ x: string }'),
  ).toHaveLength(1);
});

test('an optional member says its default, or what it means when it is absent', () => {
  const problem = 'A.b is optional, and its comment has no "Default:"';
  expect(problemsOf('export interface A {\n/** B. */\nb?: string }')).toEqual([`3 ${problem}`]);
  expect(problemsOf('/** F. */\nexport function a(options: {\n/** B. */\nb?: string }) {}')).toEqual([
    `4 ${problem.replace('A', 'a(options)')}`,
  ]);
  expect(problemsOf('export interface A {\n/** B. Default: none. */\nb?: string }')).toEqual([]);
  expect(problemsOf('export interface A {\n/** B; absent on Windows. */\nb?: string }')).toEqual([]);
});

test('an optional parameter says its default; one that holds options says it by their members', () => {
  const problem = 'a(b) is optional, and its comment has no "Default:"';
  expect(problemsOf('/** A. */\nexport function a(b?: string) {}')).toEqual([`2 ${problem}`]);
  expect(problemsOf("/** A. */\nexport function a(b = '') {}")).toEqual([`2 ${problem}`]);
  expect(problemsOf('/** A. @param b default: none */\nexport function a(b?: string) {}')).toEqual([]);
  expect(
    problemsOf('/** A. */\nexport function a(b: {\n/** C. */\nc: string } = { c: String() }) {}'),
  ).toEqual([]);
});

test('a member of a parameter has a comment, or the parameter has', () => {
  const code = 'export function a(b: { c: string }) {}';
  expect(problemsOf(`/** A. */\n${code}`)).toEqual(['2 a(b).c has no comment']);
  expect(problemsOf(`/** A. @param b what to do */\n${code}`)).toEqual([]);
});

test('what is thrown is exported', () => {
  const code = '/** A. @throws {OwnError} always */\nexport function a() {}';
  expect(problemsOf(code)).toEqual(['2 a throws OwnError, which is not exported']);
  expect(problemsOf(`${code}\n/** B. */\nexport class OwnError extends Error {}`)).toEqual([]);
  expect(problemsOf('/** A. @throws {Error} always */\nexport function a() {}')).toEqual([]);
});

test('a member of a class has the comment of what it implements', () => {
  const code = (/** @type {string} */ comment) =>
    `export interface A {\n/** B${comment} */\nb(): void }\nexport class Own implements A { b() { throw new Error(); } }`;
  expect(problemsOf(code('.'))).toEqual([`4 ${throws('Own.b')}`, `3 ${throws('A.b')}`]);
  expect(problemsOf(code('. @throws {Error} always'))).toEqual([]);
});
