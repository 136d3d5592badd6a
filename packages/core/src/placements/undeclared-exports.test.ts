import { expect, it, onTestFinished } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createPool, createRuntime, type PlacementName, signature } from '../index.js';

// Types as the binary format has them; the calls' values are of the test.
const guest = wat(`(module
  (memory (export "memory") 1 3)
  (global (export "count") (mut i64) (i64.const 7))
  (table (export "table") 2 funcref)
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "pair") (param i64) (result i64 i64) local.get 0 local.get 0)
  (func (export "__proto__") (param f64)))`);

forEachEngine((engine) => {
  async function instantiate(placement: PlacementName) {
    if (placement === 'inline') {
      const runtime = await createRuntime({ engine });
      onTestFinished(() => runtime[Symbol.dispose]());
      return runtime.instantiate(guest);
    }
    const runtime = await createRuntime({ engine, placement });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    return await runtime.instantiate(guest);
  }

  it.each(['inline', 'worker', 'process'] as const)(
    'tells of what type exports are, %s',
    async (placement) => {
      const { exportTypes } = await instantiate(placement);
      expect([...exportTypes.keys()]).toEqual(['memory', 'count', 'table', 'add', 'pair', '__proto__']);
      expect(exportTypes.get('add')).toEqual({
        kind: 'function',
        signature: { params: ['i32', 'i32'], results: ['i32'] },
      });
      expect(exportTypes.get('pair')).toMatchObject({
        signature: { params: ['i64'], results: ['i64', 'i64'] },
      });
      expect(exportTypes.get('memory')).toMatchObject({ kind: 'memory', minimum: 1, maximum: 3 });
      expect(exportTypes.get('count')).toMatchObject({ kind: 'global', type: 'i64', mutable: true });
      expect(exportTypes.get('table')).toMatchObject({ kind: 'table', type: 'funcref', minimum: 2 });
    },
  );

  it.each(['inline', 'worker', 'process'] as const)(
    'types an export by a signature that fits, and refuses others, %s',
    async (placement) => {
      const instance = await instantiate(placement);
      expect(await instance.exportedFunction('add', signature(['i32', 'i32'], ['i32']))(40, 2)).toBe(42);
      expect(await instance.exportedFunction('__proto__', signature(['f64'], []))(1)).toBeUndefined();
      expect(() => instance.exportedFunction('add', signature(['i32'], ['i32']))).toThrow(
        expect.objectContaining({
          code: 'ERR_EXPORT_MISMATCH',
          message: expect.stringContaining(
            'exports "add" as (i32 i32) -> (i32), but (i32) -> (i32) was declared',
          ),
        }),
      );
      expect(() => instance.exportedFunction('missing', signature([], []))).toThrow(
        /exports no function "missing"/,
      );
      expect(() => instance.exportedFunction('memory', signature([], []))).toThrow(/"memory"/);
      expect(() => instance.exportedFunction('add', {} as never)).toThrow(
        expect.objectContaining({
          code: 'ERR_INVALID_ARGUMENT',
          message: expect.stringContaining('signature('),
        }),
      );
    },
  );

  it.each(['inline', 'worker', 'process'] as const)(
    'refuses a wrong number of arguments with the signature, %s',
    async (placement) => {
      const { exports } = await instantiate(placement);
      const call = async (...args: number[]) => exports.add?.(...args);
      for (const args of [[], [1], [1, 2, 3]]) {
        await expect(call(...args)).rejects.toMatchObject({
          code: 'ERR_INVALID_ARGUMENT',
          message: `The export "add" takes 2 arguments, not ${args.length}; its signature is (i32 i32) -> (i32).`,
        });
      }
      expect(await call(1, 2)).toBe(3);
    },
  );

  it('tells the same of an instance that a pool has leased', async () => {
    await using pool = createPool({ engine, placement: 'worker', guest, size: 1 });
    await using lease = await pool.acquire();
    expect(lease.exportTypes.get('add')).toMatchObject({ kind: 'function' });
    expect(await lease.exportedFunction('add', signature(['i32', 'i32'], ['i32']))(1, 2)).toBe(3);
  });
});
