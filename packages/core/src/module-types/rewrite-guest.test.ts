import { expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { renameImports } from './__fixtures__/bounds.js';

const bytes = wat(`(module
  (import "a" "first" (func (param i32)))
  (import "a" "memory" (memory 1 2))
  (import "a" "first" (func (param i64)))
  (import "a" "table" (table 1 funcref))
  (import "b" "global" (global i32))
  (import "a" "ünïcödé" (func $last))
  (func (export "run") (call $last)))`);

// What is right says V8, which reads the names by itself.
const names = (module: Uint8Array) =>
  WebAssembly.Module.imports(new WebAssembly.Module(module as BufferSource)).map(
    ({ module, name }) => `${module}.${name}`,
  );

it('gives imports other names and leaves everything else', () => {
  const long = 'x'.repeat(300);
  const renamed = renameImports(
    bytes,
    new Map([
      [2, { module: 'a', name: 'second' }],
      [5, { module: 'another', name: long }],
    ]),
  );
  expect(names(renamed)).toEqual([
    'a.first',
    'a.memory',
    'a.second',
    'a.table',
    'b.global',
    `another.${long}`,
  ]);
  const back = renameImports(
    renamed,
    new Map([
      [2, { module: 'a', name: 'first' }],
      [5, { module: 'a', name: 'ünïcödé' }],
    ]),
  );
  expect(names(back)).toEqual(names(bytes));
  expect(WebAssembly.Module.exports(new WebAssembly.Module(renamed as BufferSource))).toEqual([
    { name: 'run', kind: 'function' },
  ]);
});
