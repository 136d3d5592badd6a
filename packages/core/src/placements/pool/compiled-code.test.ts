import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { wat } from '../../__fixtures__/wat.js';
import { createPool, GuestCrashError, type PoolOptions, signature } from '../../index.js';

const guest = await wat(
  '(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))',
);
const exports = { add: signature(['i32', 'i32'], ['i32']) };
const die = { module: 'data:text/javascript,export const die = () => { process.exit(3); };', export: 'die' };

// Neither what a test compiles nor its seals stay.
const folder = mkdtempSync(join(tmpdir(), 'pool-aot-'));
vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let lastCache = 0;

forEngine('wasmedge', () => {
  function make(options: PoolOptions<typeof exports>) {
    const aot = { mode: 'background', cache: { directory: join(folder, `${++lastCache}`) } } as const;
    const own = { engine: 'wasmedge', placement: 'process', size: 1, guest, exports, aot } as const;
    const pool = createPool({ ...own, ...options });
    onTestFinished(() => pool[Symbol.asyncDispose]());
    const latest = () => pool.report()?.aot?.guests.at(-1)?.runs;
    return { pool, latest };
  }

  it('is waited for before the members of a pool serve, and is there for those that take their place', async () => {
    const { pool, latest } = make({
      aot: { mode: 'wait', cache: { directory: join(folder, 'waited') } },
      // The wait does not count.
      limits: { timeoutMs: 60_000 },
    });
    expect(await pool.call('add', [40, 2], { timeoutMs: 10_000 })).toBe(42);
    expect(latest()).toBe('compiled');
    await expect(pool.perform(die, [])).rejects.toThrow(GuestCrashError);
    expect(await pool.call('add', [1, 2])).toBe(3);
    expect(latest()).toBe('compiled');
  });

  it('is compiled while the members of a pool come and go', async () => {
    const { pool, latest } = make({ maxCallsPerMember: 1 });
    do expect(await pool.call('add', [40, 2])).toBe(42);
    while (latest() !== 'compiled');
  });
});
