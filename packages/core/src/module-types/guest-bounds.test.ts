import { describe, expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { InvalidGuestError } from '../errors/invalid-guest-error.js';
import { MemoryLimitError } from '../errors/memory-limit-error.js';
import { checkLocals, mostLocals } from './check-locals.js';
import { limitTables, mostTableElements } from './limit-tables.js';

// The numbers are the implementation limits of the WebAssembly JavaScript interface; V8 is the independent program that reads the result.
describe('limitTables', () => {
  const grow = (bytes: Uint8Array) => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource));
    return exports.grow as (delta: number) => number;
  };
  const growing = (limits: string, more = '') =>
    wat(
      `(module (table ${limits} funcref) ${more} (func (export "grow") (param i32) (result i32) ref.null func local.get 0 table.grow 0))`,
    );

  it('lets a table grow to the bound and no further', () => {
    const grown = grow(limitTables(growing('1')));
    expect(grown(mostTableElements)).toBe(-1);
    expect(grown(mostTableElements - 1)).toBe(1);
  });

  it('keeps a smaller maximum', () => {
    const grown = grow(limitTables(growing('1 3')));
    expect([grown(3), grown(2)]).toEqual([-1, 1]);
  });

  it('shares the bound among the tables of a module', () => {
    const grown = grow(limitTables(growing('0', '(table 0 externref)')));
    expect([grown(mostTableElements / 2 + 1), grown(mostTableElements / 2)]).toEqual([-1, 0]);
  });

  it('refuses tables that start with more elements, also together', () => {
    expect(() => limitTables(wat('(module (table 4294967295 funcref))'))).toThrow(MemoryLimitError);
    expect(() => limitTables(wat('(module (table 6000000 funcref) (table 6000000 funcref))'))).toThrow(
      /12000000/,
    );
  });

  it('leaves a module without tables as it is', () => {
    const bytes = wat('(module (memory 1))');
    expect(limitTables(bytes)).toBe(bytes);
  });
});

describe('checkLocals', () => {
  // (module (func (local <count> i64))), by hand: the text format would need a line for each.
  const withLocals = (count: number) => {
    const leb = [
      (count & 0x7f) | 0x80,
      ((count >>> 7) & 0x7f) | 0x80,
      ((count >>> 14) & 0x7f) | 0x80,
      ((count >>> 21) & 0x7f) | 0x80,
      count >>> 28,
    ];
    const body = [1, ...leb, 0x7e, 0x0b];
    const code = [1, body.length, ...body];
    return new Uint8Array([
      0,
      0x61,
      0x73,
      0x6d,
      1,
      0,
      0,
      0,
      1,
      4,
      1,
      0x60,
      0,
      0,
      3,
      2,
      1,
      0,
      10,
      code.length,
      ...code,
    ]);
  };

  it('accepts as many local variables as V8 does, and refuses one more', () => {
    expect(WebAssembly.validate(withLocals(mostLocals))).toBe(true);
    expect(WebAssembly.validate(withLocals(mostLocals + 1))).toBe(false);
    expect(() => checkLocals(withLocals(mostLocals))).not.toThrow();
    expect(() => checkLocals(withLocals(mostLocals + 1))).toThrow(InvalidGuestError);
    expect(() => checkLocals(withLocals(0xffff_ffff))).toThrow(/4294967295/);
  });
});
