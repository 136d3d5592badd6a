import { describe, expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { MemoryLimitError } from '../errors/guest-errors.js';
import { limitTables } from './__fixtures__/bounds.js';
import { most } from './implementation-limits.js';
import { TableBudget } from './table-budget.js';

// The numbers are the implementation limits of the WebAssembly JavaScript interface; V8 is the independent program that reads the result.
describe('limitTables', () => {
  const half = most.tableElements / 2;
  const grow = (bytes: Uint8Array) => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource));
    return exports.grow as (delta: number) => number;
  };
  const growing = (limits: string, more = '') =>
    wat(
      `(module (table ${limits} funcref) ${more} (func (export "grow") (param i32) (result i32) ref.null func local.get 0 table.grow 0))`,
    );

  it('lets a table grow by half of what there is and no further', () => {
    const grown = grow(limitTables(growing('2')).bytes);
    expect([grown(half), grown(half - 1), grown(1)]).toEqual([-1, 2, -1]);
  });

  it('keeps a smaller maximum', () => {
    const bytes = growing('1 3');
    const limited = limitTables(bytes);
    expect(limited.bytes).toBe(bytes);
    expect(limited.share).toEqual({ declared: 1, room: 2 });
    const grown = grow(limited.bytes);
    expect([grown(3), grown(2)]).toEqual([-1, 1]);
  });

  it('shares the room to grow among the tables of a module that can grow', () => {
    const grown = grow(limitTables(growing('0', '(table 0 externref) (table 0 0 funcref)')).bytes);
    expect([grown(half / 2 + 1), grown(half / 2)]).toEqual([-1, 0]);
  });

  it('refuses tables that start with more elements, also together', () => {
    expect(() => limitTables(wat('(module (table 4294967295 funcref))'))).toThrow(MemoryLimitError);
    expect(() => limitTables(wat('(module (table 6000000 funcref) (table 6000000 funcref))'))).toThrow(
      /12000000/,
    );
  });

  it('leaves guests that come later something, and never gives more than there is', () => {
    const budget = new TableBudget();
    const shares = Array.from({ length: 1000 }, () => limitTables(growing('1'), budget).share);
    const given = shares.map(({ declared, room }) => declared + room);
    expect(given.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(most.tableElements);
    expect([given[0], given[99], given[999]]).toEqual(
      [half, 990, 10].map((each) => expect.closeTo(each, -1)),
    );
  });

  it('gives again what was given back, and nothing of it after a refusal', () => {
    const budget = new TableBudget();
    const fixed = wat('(module (table 6000000 6000000 funcref))');
    const { bytes, share } = limitTables(fixed, budget);
    expect(bytes).toBe(fixed);
    expect(() => limitTables(fixed, budget)).toThrow(
      /6000000 elements, the other guests of this runtime have 6000000/,
    );
    budget.giveBack(share);
    expect(limitTables(fixed, budget).share.declared).toBe(6_000_000);
  });

  it('leaves a module without tables as it is', () => {
    const bytes = wat('(module (memory 1))');
    expect(limitTables(bytes).bytes).toBe(bytes);
  });
});
