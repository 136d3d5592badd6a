import { describe, expect, it } from 'vitest';
import { forEachEngine } from '../../__fixtures__/engines.js';
import { wat } from '../../__fixtures__/wat.js';
import { createPool, type HostItems, hostGlobal, hostMemory, hostModule, hostTable } from '../../index.js';

const shared = {
  memory: hostMemory({ minimum: 1 }),
  counter: hostGlobal('i32', 0, { mutable: true }),
  table: hostTable('funcref', { minimum: 1 }),
};
const imports = {
  memory: '(memory 1)',
  counter: '(global (mut i32))',
  table: '(table 1 funcref)',
};
// Each puts something there, and tells whether something was there.
const work = {
  memory: `(func (export "put") (i32.store (i32.const 8) (i32.const 42)))
    (func $get (export "get") (result i32) (i32.load (i32.const 8)))`,
  counter: `(func (export "put") (global.set 0 (i32.const 42)))
    (func $get (export "get") (result i32) (global.get 0))`,
  table: `(func $any) (elem declare func $any)
    (func (export "put") (table.set 0 (i32.const 0) (ref.func $any)))
    (func $get (export "get") (result i32) (i32.eqz (ref.is_null (table.get 0 (i32.const 0)))))`,
};
const exit = '(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))';
const command = `(memory (export "memory") 1)
  (func (export "_start") (global.set 0 (i32.add (global.get 0) (i32.const 1))) (call $exit (global.get 0)))`;

forEachEngine((engine) => {
  describe.each(['worker', 'process'] as const)('placement %s', (placement) => {
    const make = (items: HostItems) =>
      createPool({ engine, placement, size: 1, hostModules: [hostModule('env', items)] });

    it.each(['memory', 'counter', 'table'] as const)('gives each call a %s of its own', async (name) => {
      const guest = await wat(`(module (import "env" "${name}" ${imports[name]}) ${work[name]})`);
      await using pool = make({ [name]: shared[name] });
      await pool.call('put', [], { guest });
      expect(await pool.call('get', [], { guest })).toBe(0);
      const lease = await pool.acquire({ guest });
      await lease.call('put', []);
      expect(await lease.call('get', [])).not.toBe(0);
      await lease[Symbol.asyncDispose]();
      expect(await pool.call('get', [], { guest })).toBe(0);
    });

    it('gives each command globals of its own', async () => {
      const guest = await wat(`(module (import "env" "counter" ${imports.counter}) ${exit} ${command})`);
      await using pool = make({ counter: shared.counter });
      const codes = [await pool.run({ guest }), await pool.run({ guest })].map(({ exitCode }) => exitCode);
      expect(codes).toEqual([1, 1]);
    });

    it('keeps a member whose objects cannot change', async () => {
      const guest = await wat(`(module (import "env" "constant" (global i32))
        (func (export "get") (result i32) (global.get 0)))`);
      const ids = {
        module:
          'data:text/javascript,import { threadId } from "node:worker_threads"; export const id = () => threadId * 1e9 + process.pid;',
        export: 'id',
      };
      await using pool = make({ constant: hostGlobal('i32', 5) });
      const id = await pool.perform(ids, []);
      expect(await pool.call('get', [], { guest })).toBe(5);
      expect(await pool.perform(ids, [])).toBe(id);
    });
  });
});
