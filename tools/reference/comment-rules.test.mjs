// @ts-check
import ts from 'typescript';
import { expect, test } from 'vitest';
import { commentProblems } from './comment-rules.mjs';

/** What a remark in {@link modules} stands for. @type {Readonly<Record<string, string>>} */
const meanings = {
  throws: 'may throw, and its comment has no @throws',
  unit: 'is a number, and its comment does not say of what',
  default: 'is optional, and its comment has no "Default:"',
  bare: 'has no comment',
  'hidden OwnError': 'throws OwnError, which is not exported',
};

/** Modules, each with a title; a remark at the end of a line says what is found there. `stop` throws. */
const modules = `
throws
/** A. */ export function a() { throw new Error(); } // a: throws

rejects
/** A. */ export const a = () => Promise.reject(new Error()); // a: throws

calls one that throws
/** A. */ export function a() { stop(); } // a: throws

calls one that throws, for each
/** A. */ export function a() { [1].map(() => stop()); } // a: throws

throws what it caught
/** A. */ export function a() { try { String(); } catch (e) { throw e; } } // a: throws

throws in a method
/** A. */ export class A {
  /** B. */ b() { stop(); } // A.b: throws
}

throws in a constructor
/** A. */ export class A {
  /** B. */ constructor() { stop(); } // A.constructor: throws
}

throws in a class that implements an interface
export interface A {
  /** B. */ b(): void // A.b: throws
}
class Own implements A { b() { stop(); } }

throws in an object that implements an interface
export interface A {
  /** B. */ b(): void // A.b: throws
}
export const a: A = { b: stop };

throws in a class that has the comments of its interface
export interface A {
  /** B. */ b(): void // A.b: throws
}
export class Own implements A {
  b() { stop(); } // Own.b: throws
}

catches, throws later or is private
/** A. */ export function a() { try { stop(); } catch {} }
/** B. */ export function b() { return () => stop(); }
/** C. */ export class C { private c() { stop(); } #d() { stop(); } }
function d() { stop(); }

throws what is not exported
/** A. @throws {OwnError} always */ export function a() {} // a: hidden OwnError
/** B. @throws {Error} always */ export function b() {}

throws what is exported
/** A. @throws {OwnError} always */ export function a() {}
/** B. */ export class OwnError extends Error {}

has numbers
export interface A {
  /** The time. */ time: number // A.time: unit
  /** The times. */ times: readonly number[] // A.times: unit
  /** The time. Default: none. */ later?: number | bigint | undefined // A.later: unit
  /** The time. */ timeMs: number
  /** The time in milliseconds. */ other: bigint
}
/** The time. */ export function time() { return 1; } // time: unit
/** Waits. */ export function wait(time: number) {} // wait(time): unit
/** Waits. @param time seconds */ export function sleep(time: number) {}
export type B = {
  /** The time. */ time: number } | { // B.time: unit
  /** X. */ x: string };

has optional members
export interface A {
  /** B. */ b?: string // A.b: default
  /** C. Default: none. */ c?: string
  /** D; absent on Windows. */ d?: string
}
/** F. */ export function a(options: {
  /** B. */ b?: string // a(options).b: default
}) {}

has optional parameters
/** A. */ export function a(b?: string) {} // a(b): default
/** B. */ export function b(c = '') {} // b(c): default
/** C. @param d default: none */ export function c(d?: string) {}
/** D. */ export function d(e: {
  /** C. */ c: string } = { c: String() }) {}

has members of parameters
/** A. */ export function a(b: { c: string }) {} // a(b).c: bare
/** B. @param c what to do */ export function b(c: { d: string }) {}
`;

/** @type {ts.CompilerOptions} */
const options = { strict: true, target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], types: [] };
const host = ts.createCompilerHost(options);
const readFromDisk = host.getSourceFile;
/** @type {Map<string, ts.SourceFile | undefined>} */
const libraries = new Map();

/** @param {string} code a module */
function problemsOf(code) {
  const stop = 'function stop() { throw new Error(); }';
  const module = ts.createSourceFile('/index.ts', `${code}\n${stop}`, ts.ScriptTarget.ES2023);
  host.getSourceFile = (name, ...rest) => {
    if (name === module.fileName) return module;
    if (!libraries.has(name)) libraries.set(name, readFromDisk(name, ...rest));
    return libraries.get(name);
  };
  const program = ts.createProgram([module.fileName], options, host);
  return commentProblems(program, [module.fileName]).sort();
}

const cases = modules
  .trim()
  .split('\n\n')
  .map((text) => /** @type {const} */ ([text.split('\n', 1)[0] ?? '', text.replace(/.*\n/, '')]));

test.each(cases)('of what %s', (_title, code) => {
  const expected = code.split('\n').flatMap((line, index) => {
    const [, name, remark = ''] = / \/\/ (\S+): (.*)$/.exec(line) ?? [];
    return name === undefined ? [] : `/index.ts:${index + 1}: ${name} ${meanings[remark]}`;
  });
  expect(problemsOf(code)).toEqual(expected.sort());
});

test.each(cases.filter(([, code]) => code.includes(': throws')))(
  'of what %s, and says so',
  (_title, code) => {
    expect(problemsOf(code.replaceAll('. */', '. @throws always */'))).toEqual([]);
  },
);
