import { describe, expect, it } from 'vitest';
import { outcomeOf } from './asymmetric/__fixtures__/outcomes.js';
import { HandleBudget } from './handle-budget.js';
import { handleKind } from './handle-kind.js';
import { HandleTable } from './handle-table.js';

class Item implements Disposable {
  disposed = false;
  [Symbol.dispose](): void {
    this.disposed = true;
  }
}

const tableOf = (maxHandles: number) =>
  new HandleTable<Item>(handleKind.options, new HandleBudget(maxHandles));

describe('HandleTable', () => {
  it('counts from 1 in the upper 24 bits, with the kind in the low byte, and does not use a value again', () => {
    const table = tableOf(10);
    expect([table.add(new Item()), table.add(new Item())]).toEqual([0x101, 0x201]);
    table.close(0x201);
    expect(table.add(new Item())).toBe(0x301);
  });

  it('finds a handle that is given signed', () => {
    const table = tableOf(2);
    const item = new Item();
    let handle = 0;
    for (let count = 0; count < 0x80_0000; count += 1) {
      handle = table.add(item);
      table.close(handle);
    }
    handle = table.add(item);
    expect(handle).toBe(0x8000_0101);
    expect(table.get(handle | 0)).toBe(item);
  });

  it('starts again at 1 after 24 bits and passes over what is still open', () => {
    const table = tableOf(3);
    const first = new Item();
    table.add(first);
    for (let count = 1; count < 0xff_ffff; count += 1) {
      table.close(table.add(new Item()));
    }
    expect(table.add(new Item())).toBe(0x201);
    expect(table.get(0x101)).toBe(first);
  });

  it('knows open handles only, and disposes what it closes', () => {
    const table = tableOf(3);
    const item = new Item();
    const handle = table.add(item);
    expect(outcomeOf(() => table.get(handle + 1))).toBe('invalid_handle');
    table.close(handle);
    expect(item.disposed).toBe(true);
    expect(outcomeOf(() => table.get(handle))).toBe('invalid_handle');
    expect(outcomeOf(() => table.close(handle))).toBe('closed');
    expect(outcomeOf(() => table.close(handle + 0x100))).toBe('invalid_handle');
    expect(outcomeOf(() => table.close(handle + 1))).toBe('invalid_handle');
    expect(outcomeOf(() => table.close(0))).toBe('invalid_handle');
  });

  it('shares one bound with other tables and disposes what does not fit', () => {
    const budget = new HandleBudget(2);
    const keys = new HandleTable<Item>(handleKind.symmetricKey, budget);
    const tags = new HandleTable<Item>(handleKind.tag, budget);
    const handle = keys.add(new Item());
    tags.add(new Item());
    const item = new Item();
    expect(outcomeOf(() => tags.add(item))).toBe('too_many_handles');
    expect(item.disposed).toBe(true);
    keys.close(handle);
    expect(tags.add(new Item())).toBe(0x20a);
  });
});
