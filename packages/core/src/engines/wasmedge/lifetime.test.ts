import { afterAll, beforeAll, expect, it } from 'vitest';
import { BuiltCore, literal } from '../../__fixtures__/built-core.js';
import { forEngine } from '../../__fixtures__/engines.js';
import { wat } from '../../__fixtures__/wat.js';

// What a mistake here would do to the process cannot be caught, so each of these runs in a process of its own.

let core: BuiltCore;
beforeAll(async () => {
  core = await BuiltCore.build();
});
afterAll(() => core?.[Symbol.dispose]());

const page = wat(`(module (import "env" "see" (func $see))
  (memory (export "memory") 1 4) (data (i32.const 0) "guest")
  (func (export "see") call $see)
  (func (export "grow") (drop (memory.grow (i32.const 1)))))`);

const filled = wat(`(module (memory (export "memory") 64)
  (func (export "fill") (memory.fill (i32.const 0) (i32.const 1) (i32.const 4194304))))`);

const importer = wat('(module (import "first" "memory" (memory 1)) (export "again" (memory 0)))');

const table = wat(`(module (table (export "table") 4 funcref) (type $number (func (result i32)))
  (global (export "slot") (mut funcref) (ref.null func))
  (func (export "call") (param i32) (result i32) (call_indirect (type $number) (local.get 0)))
  (func (export "callSlot") (result i32)
    (table.set 0 (i32.const 3) (global.get 0)) (call_indirect (type $number) (i32.const 3)))
  (func (export "keep") (param funcref) (table.set 0 (i32.const 2) (local.get 0))))`);

const filler = (body: string) =>
  wat(`(module (import "table" "table" (table 4 funcref)) (import "table" "slot" (global $slot (mut funcref)))
    (import "table" "keep" (func $keep (param funcref)))
    (func $own (export "own") (result i32) i32.const 42) (elem declare func $own) ${body})`);

const settle = `const settle = async () => {
  for (let round = 0; round < 5; round++) { gc(); await new Promise((resolve) => setTimeout(resolve, 20)); }
};`;

const deep = wat(`(module (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1)))
  (func (export "one") (result i32) i32.const 1))`);

forEngine('wasmedge', () => {
  it('keeps the bytes of every view that was handed out, until the view is gone', () => {
    const outcome = core.run(
      `${settle}
      const views = [];
      async function use() {
        const see = core.hostFunction([], [], (caller) => { views.push(caller.memory.bytes(0, 5)); });
        const runtime = await core.createRuntime({ engine: 'wasmedge', hostModules: [core.hostModule('env', { see })] });
        const first = runtime.instantiate(${literal(page)}, { name: 'first' });
        const second = runtime.instantiate(${literal(page)});
        const again = first.exportedMemory('memory');
        again.readU8(0);
        // Memories that were looked up before another one lent a view, and views of memories that have grown.
        views.push(first.memory.bytes(0, 5), again.bytes(0, 5), second.memory.view(0, 5).bytes);
        first.exports.see();
        second.exports.see();
        first.exports.grow();
        views.push(again.bytes(0, 5), first.memory.bytes(65536, 0));
        first.exports.see();
        const importer = runtime.instantiate(${literal(importer)});
        views.push(importer.exportedMemory('again').bytes(0, 5));
        first[Symbol.dispose]();
        importer[Symbol.dispose]();
        runtime[Symbol.dispose]();
      }
      await use();
      await settle();
      const other = await core.createRuntime({ engine: 'wasmedge' });
      for (let round = 0; round < 20; round++) other.instantiate(${literal(filled)}).exports.fill();
      for (const view of views) { console.log(Buffer.from(view).toString()); }
      for (const view of views) { view.fill(120); }
      while (views.length > 1) { views.shift(); await settle(); console.log(Buffer.from(views.at(-1)).toString()); }
      other[Symbol.dispose]();`,
      { flags: ['--expose-gc'] },
    );
    const lines = outcome.stdout.trimEnd().split('\n');
    expect(outcome.end).toBe(0);
    expect(lines.slice(0, 9)).toEqual(Array.from({ length: 9 }, (_, index) => (index === 6 ? '' : 'guest')));
    expect(lines.slice(9)).toEqual(Array.from({ length: 8 }, () => 'xxxxx'));
  }, 60_000);

  it('frees disposed instances: at once without views, and with the last view otherwise', () => {
    const megabytes = (lend: string) => {
      const outcome = core.run(
        `${settle}
        const runtime = await core.createRuntime({ engine: 'wasmedge' });
        let before = 0;
        for (let round = 0; round < 120; round++) {
          if (round === 20) { await settle(); before = process.memoryUsage.rss(); }
          const guest = runtime.instantiate(${literal(filled)});
          guest.exports.fill();
          ${lend}
          guest[Symbol.dispose]();
          if (round % 20 === 19) await settle();
        }
        await settle();
        console.log(Math.round((process.memoryUsage.rss() - before) / 2 ** 20));
        runtime[Symbol.dispose]();`,
        { flags: ['--expose-gc'] },
      );
      expect(outcome).toMatchObject({ end: 0, stderr: '' });
      return Number(outcome.stdout);
    };
    // A hundred memories of 4 MiB each; what stays of them would be 400 MiB.
    expect(megabytes('')).toBeLessThan(100);
    expect(megabytes('guest.memory.bytes(0, 10);')).toBeLessThan(100);
  }, 60_000);

  it.each([
    ['an element segment', '(elem (i32.const 0) $own)', 'call(0)'],
    ['table.set', '(func $start (table.set 0 (i32.const 1) (ref.func $own))) (start $start)', 'call(1)'],
    ['a function that keeps it', '(func $start (call $keep (ref.func $own))) (start $start)', 'call(2)'],
    ['a global', '(func $start (global.set $slot (ref.func $own))) (start $start)', 'callSlot()'],
  ])('keeps a function that a disposed guest gave to another by %s', (_way, body, call) => {
    const outcome = core.run(
      `const runtime = await core.createRuntime({ engine: 'wasmedge' });
      const table = runtime.instantiate(${literal(table)}, { name: 'table' });
      const filler = runtime.instantiate(${literal(filler(body))});
      filler[Symbol.dispose]();
      for (let round = 0; round < 50; round++) runtime.instantiate(${literal(filled)})[Symbol.dispose]();
      try { console.log(table.exports.${call}); } catch (error) { console.log(error.code); }
      runtime[Symbol.dispose]();`,
    );
    expect(outcome.end).toBe(0);
    expect(outcome.stdout).toMatch(/^(42|ERR_GUEST_TRAP|ERR_DISPOSED)\n$/);
  });

  it.each([
    [
      'a function that it got from a function',
      '(import "keeper" "getKeep" (func $get (result funcref)))',
      '(call $get)',
    ],
    ['a function in a global', '(import "keeper" "keepGlobal" (global $keep funcref))', '(global.get $keep)'],
  ])('keeps a function that a disposed guest gave to another by %s', (_way, imported, keep) => {
    const keeper = wat(`(module (table 1 funcref) (type $number (func (result i32)))
      (func $keep (param funcref) (table.set 0 (i32.const 0) (local.get 0)))
      (global (export "keepGlobal") funcref (ref.func $keep))
      (func (export "getKeep") (result funcref) (ref.func $keep))
      (func (export "call") (result i32) (call_indirect (type $number) (i32.const 0))))`);
    const giver = wat(`(module ${imported} (table 1 funcref) (type $takes (func (param funcref)))
      (func $own (result i32) i32.const 42) (elem declare func $own)
      (func $start (table.set 0 (i32.const 0) ${keep})
        (call_indirect (type $takes) (ref.func $own) (i32.const 0))) (start $start))`);
    const outcome = core.run(
      `const runtime = await core.createRuntime({ engine: 'wasmedge' });
      const keeper = runtime.instantiate(${literal(keeper)}, { name: 'keeper' });
      runtime.instantiate(${literal(giver)})[Symbol.dispose]();
      for (let round = 0; round < 50; round++) runtime.instantiate(${literal(filled)})[Symbol.dispose]();
      console.log(keeper.exports.call());
      runtime[Symbol.dispose]();`,
    );
    expect(outcome).toMatchObject({ end: 0, stdout: '42\n' });
  });

  it('keeps a function that the host put into the table of another guest', () => {
    const own = wat('(module (func (export "own") (result i32) i32.const 42))');
    const outcome = core.run(
      `const runtime = await core.createRuntime({ engine: 'wasmedge' });
      const table = runtime.instantiate(${literal(table)});
      const guest = runtime.instantiate(${literal(own)});
      table.exportedTable('table').set(0, guest.exports.own);
      guest[Symbol.dispose]();
      for (let round = 0; round < 50; round++) runtime.instantiate(${literal(filled)})[Symbol.dispose]();
      try { console.log(table.exports.call(0)); } catch (error) { console.log(error.code); }
      try { console.log(table.exportedTable('table').get(0)()); } catch (error) { console.log(error.code); }
      runtime[Symbol.dispose]();`,
    );
    expect(outcome.end).toBe(0);
    expect(outcome.stdout).toMatch(/^((42|ERR_GUEST_TRAP|ERR_DISPOSED)\n){2}$/);
  });

  it('ends endless recursion with a trap under the default limits, and goes on', () => {
    const outcome = core.run(
      `const runtime = await core.createRuntime({ engine: 'wasmedge' });
      const guest = runtime.instantiate(${literal(deep)});
      try { guest.exports.deep(); } catch (error) { console.log(error.code, error.trap); }
      console.log(guest.exports.one(), runtime.instantiate(${literal(deep)}).exports.one());
      runtime[Symbol.dispose]();`,
    );
    expect(outcome).toEqual({ end: 0, stdout: 'ERR_GUEST_TRAP stack exhausted\n1 1\n', stderr: '' });
  }, 120_000);

  it('lets the process end by itself, whatever was left open', () => {
    const outcome = core.run(
      `const runtime = await core.createRuntime({ engine: 'wasmedge', limits: { timeoutMs: 1000 } });
      console.log(runtime.instantiate(${literal(deep)}).exports.one());
      process.exitCode = 5;`,
    );
    expect(outcome).toEqual({ end: 5, stdout: '1\n', stderr: '' });
  });
});
