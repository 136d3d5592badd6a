import { expect, it, vi } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { wat } from '../../__fixtures__/wat.js';
import { createRuntime } from '../../index.js';
import { koffi } from '../../native/koffi.js';
import { openLibrary } from '../../native/library.js';
import { GuestFunctions } from './guest-functions.js';
import { WasmEdgeInstance } from './wasmedge-instance.js';

forEngine('wasmedge', () => {
  it('makes one view of a memory, and none of a table, however often they are looked up', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge' });
    const guest = runtime.instantiate(
      wat('(module (memory (export "memory") 1) (table (export "table") 1 externref))'),
    );
    const look = () => [guest.exportedMemory('memory').readU8(0), guest.exportedTable('table').get(0)];
    look();
    // Of each view koffi 3.3.4 keeps some 220 bytes.
    const view = vi.spyOn(koffi, 'view');
    try {
      for (let round = 0; round < 100; round++) expect(look()).toEqual([0, null]);
      expect(view).not.toHaveBeenCalled();
    } finally {
      view.mockRestore();
    }
  });

  it('frees what it has in C when it cannot be made ready, and what it imports from with it', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge' });
    const free = vi.spyOn(openLibrary(undefined).c, 'ModuleInstanceDelete');
    const find = vi.spyOn(WasmEdgeInstance.prototype, 'findMemory');
    try {
      const provider = runtime.instantiate(wat('(module (memory (export "memory") 1))'), {
        name: 'provider',
      });
      find.mockImplementationOnce(() => {
        throw new Error('no memory left');
      });
      const importer = '(import "provider" "memory" (memory 1))';
      expect(() => runtime.instantiate(wat(`(module ${importer} (func (export "f")))`))).toThrow(
        'no memory left',
      );
      expect(free).toHaveBeenCalledTimes(1);
      provider[Symbol.dispose]();
      expect(free).toHaveBeenCalledTimes(2);
    } finally {
      free.mockRestore();
      find.mockRestore();
    }
  });

  it('can be disposed of, or asked again, when its exports could not be wrapped', async () => {
    using runtime = await createRuntime({ engine: 'wasmedge' });
    const free = vi.spyOn(openLibrary(undefined).c, 'ModuleInstanceDelete');
    const wrap = vi.spyOn(GuestFunctions.prototype, 'wrap');
    try {
      const guest = runtime.instantiate(wat('(module (func (export "f") (result i32) i32.const 7))'));
      wrap.mockImplementationOnce(() => {
        throw new Error('no memory left');
      });
      expect(() => guest.exports).toThrow('no memory left');
      expect(guest.exports.f?.()).toBe(7);
      guest[Symbol.dispose]();
      expect(free).toHaveBeenCalledTimes(1);
    } finally {
      free.mockRestore();
      wrap.mockRestore();
    }
  });
});
