import { expect, it, vi } from 'vitest';
import { adder, forEngine } from '../../__fixtures__/engines.js';
import { callElsewhere } from '../../native/call-elsewhere.js';
import { openLibrary } from '../../native/library.js';
import { parseElsewhere } from './parse-module.js';
import type { ParsedModule } from './parsed-module.js';
import { WasmEdgeGuests } from './wasmedge-guests.js';

const unchanged = { memories: undefined, tableMaxima: undefined, importNames: undefined };

forEngine('wasmedge', () => {
  it('keeps guests that nobody holds as long as there is a runtime', async () => {
    const library = openLibrary(undefined);
    const guests = new WasmEdgeGuests();
    const parsed = (await parseElsewhere(library, adder)) as ParsedModule;
    const freed = vi.spyOn(library.c, 'ASTModuleDelete');
    try {
      guests.begin();
      guests.begin();
      const code = guests.take(adder, false);
      code.form(unchanged, () => parsed);
      code.letGo();
      guests.end();
      expect(freed).not.toHaveBeenCalled();
      guests.end();
      expect(freed).toHaveBeenCalledTimes(1);
    } finally {
      freed.mockRestore();
    }
  });

  it('frees a parsed module that is released while it is used when that has ended', async () => {
    const library = openLibrary(undefined);
    const parsed = (await parseElsewhere(library, adder)) as ParsedModule;
    const freed = vi.spyOn(library.c, 'ASTModuleDelete');
    try {
      parsed.use(() => {
        parsed.release();
        expect(freed).not.toHaveBeenCalled();
      });
      expect(freed).toHaveBeenCalledTimes(1);
    } finally {
      freed.mockRestore();
    }
  });

  it('takes a deeply nested guest on another thread, whose stack is smaller', async () => {
    // 3 MB of blocks in one function.
    const depth = 1_500_000;
    const code = new Uint8Array(3 * depth);
    for (let index = 0; index < depth; index++) code.set([0x02, 0x40], 2 * index);
    code.fill(0x0b, 2 * depth);
    const leb = (value: number) => [
      (value & 0x7f) | 0x80,
      ((value >> 7) & 0x7f) | 0x80,
      ((value >> 14) & 0x7f) | 0x80,
      value >> 21,
    ];
    const body = code.length + 2;
    const bytes = Buffer.concat([
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0),
      Uint8Array.of(10, ...leb(body + 5), 1, ...leb(body), 0),
      code,
      Uint8Array.of(0x0b),
    ]);
    const parsed = await parseElsewhere(openLibrary(undefined), bytes);
    if (typeof parsed !== 'number') parsed.release();
    expect(typeof parsed).toBe('object');
  });

  it('tells what a call on another thread throws', async () => {
    const { c } = openLibrary(undefined);
    await expect(callElsewhere(c.LoaderDelete as never, {} as never)).rejects.toThrow();
  });
});
