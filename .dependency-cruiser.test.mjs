// @ts-check
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { beforeAll, expect, it } from 'vitest';
import configuration, { coreLines } from './.dependency-cruiser.mjs';

const rows = (/** @type {string} */ table) =>
  table
    .trim()
    .split('\n')
    .map((row) => row.split(' | '));

/** Imports as they are meant: a file and what is in it. */
const allowed = rows(`
packages/core/src/errors/printable.ts | export const shown = 1;
packages/core/src/values/signature.ts | import { shown } from '../errors/printable.js'; export type Signature = typeof shown;
packages/core/src/native/koffi.ts | import koffi from 'koffi'; export { koffi };
packages/core/src/native/plugins/load.ts | import { koffi } from '../koffi.js'; export { koffi };
packages/core/src/engines/engine.ts | import type { Signature } from '../values/signature.js'; export type Engine = Signature;
packages/core/src/engines/v8/v8-engine.ts | import type { Engine } from '../engine.js'; export type V8Engine = Engine;
packages/core/src/runtime/runtime.ts | import type { V8Engine } from '../engines/v8/v8-engine.js'; export type Runtime = V8Engine;
packages/core/src/runtime/runtime.test.ts | import type { Runtime } from '../index.js'; export type Tested = Runtime;
packages/core/src/index.ts | export type { Runtime } from './runtime/runtime.js';
packages/wasi-nn-tflite/src/backend.ts | import '@wasmedge-plugins/core/native'; import '@wasmedge-plugins/wasi-nn';
packages/wasi-nn-tflite/src/__fixtures__/stand-in.ts | import '../../conformance/suite.js';
packages/wasi-nn-tflite/conformance/suite.ts | import '@wasmedge-plugins/conformance'; import '../src/backend.js';
packages/wasi-nn-tflite/src/tflite.conformance.test.ts | import '@wasmedge-plugins/conformance/vitest'; import '../conformance/suite.js';
packages/process/src/index.ts | export {};
packages/cli/src/main.ts | import '@wasmedge-plugins/core'; import '@wasmedge-plugins/conformance';
tools/demo.mjs | import '@wasmedge-plugins/core';`);

/** What each rule is there for: the rule, a file that breaks it and it alone, and what is in the file. */
const broken = rows(`
core/values/ looks up | packages/core/src/values/bad-1.ts | import '../engines/engine.js';
core/values/ looks up | packages/core/src/values/bad-2.ts | import type { Engine } from '../engines/engine.js'; export type T = Engine;
core/values/ looks up | packages/core/src/values/bad-3.ts | export type T = import('../engines/engine.js').Engine;
core/values/ looks up | packages/core/src/values/bad-4.ts | export type { Engine } from '../engines/engine.js';
core/values/ looks up | packages/core/src/values/bad-5.ts | export const later = () => import('../engines/engine.js');
core/logger/ looks up | packages/core/src/logger/bad-6.ts | import '../values/signature.js';
core/native/ looks up | packages/core/src/native/bad-7.ts | import './plugins/load.js';
core/engines/ looks up | packages/core/src/engines/bad-8.ts | import './v8/v8-engine.js';
core/engines/wasmedge/ looks up | packages/core/src/engines/wasmedge/bad-9.ts | import '../v8/v8-engine.js';
core/engines/v8/ looks up | packages/core/src/engines/v8/bad-10.ts | import type {} from '../../runtime/runtime.js';
a module of core without a line | packages/core/src/elsewhere/bad-11.ts | import '../errors/printable.js';
process imports another package | packages/process/src/bad-12.ts | import '@wasmedge-plugins/conformance';
a package without arrows | packages/elsewhere/src/bad.ts | import '@wasmedge-plugins/core';
core imports another package | packages/core/src/runtime/bad-13.ts | import '@wasmedge-plugins/conformance';
a test of process imports another package | packages/process/src/bad-14.test.ts | import '@wasmedge-plugins/httpsreq';
a test of process imports another package | packages/process/conformance/bad-15.ts | import type {} from '@wasmedge-plugins/httpsreq';
the inside of a package | packages/process/src/bad-16.ts | import '../../core/src/errors/printable.js';
the inside of a package | packages/process/src/bad-17.test.ts | import '../../core/src/errors/printable.js';
the inside of a package | tools/bad-18.mjs | import '../packages/core/src/errors/printable.js';
an entry that no package has | packages/process/src/bad-19.ts | import '@wasmedge-plugins/core/dist/chunk.js';
a circle | packages/cli/src/bad-20.ts | import './bad-20.js';
koffi outside of native | packages/core/src/wasi/bad-22.ts | import koffi from 'koffi'; export { koffi };
koffi outside of native | packages/process/src/bad-23.ts | export const lib: [typeof import('koffi')?] = [];
an index from inside | packages/process/src/bad-24.ts | import './index.js';
a test in the source | packages/wasi-nn-tflite/src/bad-25.ts | import './__fixtures__/stand-in.js';
a test in the source | packages/wasi-nn-tflite/src/bad-26.ts | import '../conformance/suite.js';`);

/** @type {Record<string, string>} */
const circleOfTypes = {
  'packages/process/src/a.ts': "import type { B } from './b.js'; export type A = B | 1;",
  'packages/process/src/b.ts': "import type { A } from './a.js'; export type B = A | 2;",
};

/** The rules that each file breaks. @type {Map<string, string[]>} */
let verdicts;
beforeAll(async () => {
  const files = [...allowed, ...broken.map(([, ...file]) => file), ...Object.entries(circleOfTypes)];
  verdicts = await brokenRules(files);
});

it.each(allowed)('%s breaks no rule', (file) => {
  expect(verdicts.get(file)).toBeUndefined();
});

it.each(broken)('%s: %s', (rule, file) => {
  expect(verdicts.get(file)).toEqual([rule]);
});

it('a circle of types is one', () => {
  expect(Object.keys(circleOfTypes).flatMap((file) => verdicts.get(file) ?? [])).toEqual(['a circle']);
});

it('every rule is seen broken', () => {
  const rules = configuration.forbidden?.map(({ name }) => name) ?? [];
  const kinds = new Set(rules.map(kindOf));
  expect([...kinds].sort()).toEqual([...new Set(broken.map(([rule]) => kindOf(rule)))].sort());
});

it('are the picture of ARCHITECTURE.md', () => {
  const page = readFileSync(new URL('ARCHITECTURE.md', import.meta.url), 'utf8');
  const [, picture = ''] = /^core:([^`]*)/m.exec(page) ?? [];
  // A line has the modules, then what is said of them.
  const lines = picture
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/( {2,}| ──► ).*/, ''));
  const folders = coreLines.map((line) => line.filter((module) => module.endsWith('/')));
  const drawn = folders.map((line) => line.map((module) => module.slice(0, -1)).join(', '));
  expect(lines).toEqual(drawn.filter((line) => line !== '').reverse());
});

/** Rules that are made for every module or package are one kind. @param {string | undefined} rule */
function kindOf(rule = '') {
  return rule
    .replace(/^core\/\S+ /, 'core/… ')
    .replace(/\S+ imports another package$/, '… imports another package');
}

/** The names of the rules that files break, by file. @param {string[][]} files */
async function brokenRules(files) {
  const root = mkdtempSync(join(tmpdir(), 'import-directions-'));
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${text}\n`);
    }
    const { options, forbidden = [] } = configuration;
    const settings = { ...options, baseDir: root, validate: true, ruleSet: { forbidden } };
    const { output } = await cruise(['packages', 'tools'], settings);
    if (typeof output === 'string') throw new Error(output);
    /** @type {Map<string, string[]>} */
    const rules = new Map();
    for (const { from, rule } of output.summary.violations) {
      rules.set(from, [...(rules.get(from) ?? []), rule.name]);
    }
    return rules;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
