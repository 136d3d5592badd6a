import { wat } from '../../__fixtures__/wat.js';
import { hostFunction, hostModule, type Instance, type Runtime, WasmEdgePluginsError } from '../../index.js';

/** A choice below a number, and the next of the same seed (mulberry32). */
export type Choose = (below: number) => number;

export function chooserOf(seed: number): Choose {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const names = ['a', 'b', 'c'];

const types = ['(type $get (func (result i32)))', '(type $add (func (param i32) (result i32)))'];
/** Each guest numbers its types in its own way. */
const [some, others] = [types.join(' '), types.toReversed().join(' ')];

/** Guests that give, pass on and hold what others have. */
const guests = names
  .flatMap((from) => [
    `(module ${some}
    (import "host" "add" (func $add (type $add)))
    (memory (export "memory") 1 3) (global (export "global") (mut i32) (i32.const 5)) (table (export "table") 3 5 funcref)
    (elem (i32.const 0) $next) (elem declare func $hidden)
    (func $hidden (result i32) (i32.const 77))
    (func $next (export "next") (export "again") (result i32)
      (global.set 0 (i32.add (global.get 0) (i32.const 1))) (i32.store8 (i32.const 0) (global.get 0)) (global.get 0))
    (func (export "give") (result funcref) (ref.func $next))
    (func (export "giveHidden") (result funcref) (ref.func $hidden))
    (func (export "take") (param funcref) (table.set 0 (i32.const 1) (local.get 0)))
    (func (export "callTable") (param i32) (result i32) (call_indirect (result i32) (local.get 0)))
    (export "add" (func $add)))`,
    `(module ${others}
    (import "${from}" "next" (func $next (type $get))) (import "${from}" "memory" (memory 1))
    (import "${from}" "global" (global (mut i32))) (import "${from}" "table" (table 1 funcref))
    (import "${from}" "add" (func $add (type $add)))
    (elem (i32.const 2) $own)
    (func $own (export "own") (result i32) (i32.add (call $next) (i32.const 100)))
    (func (export "give") (result funcref) (table.get 0 (i32.const 2)))
    (func (export "take") (param funcref) (table.set 0 (i32.const 1) (local.get 0)))
    (func (export "callTable") (param i32) (result i32) (call_indirect (result i32) (local.get 0)))
    (export "next" (func $next)) (export "memory" (memory 0)) (export "global" (global 0)) (export "table" (table 0))
    (export "add" (func $add)))`,
    `(module ${some}
    (import "${from}" "next" (func $next (type $get)))
    (func (export "own") (result i32) (call $next))
    (export "next" (func $next)) (export "again" (func $next)))`,
    `(module ${others} (import "${from}" "memory" (memory 1)) (export "memory" (memory 0))
    (func (export "next") (result i32) (i32.load8_u (i32.const 0))))`,
  ])
  .map((source) => wat(source));

/** What the guests import from the host. */
export const fuzzHost = hostModule('host', {
  add: hostFunction(['i32'], ['i32'], (_caller, value) => value + 1),
});

/** Does what a seed says in a runtime, and tells each step and what came of it. */
export function liveRandomly(runtime: Runtime, seed: number, steps: number): string[] {
  const choose = chooserOf(seed);
  const instances: Instance[] = [];
  /** What was handed over, each with the number of its parameters: V8 does not tell that of a function that no guest exports. */
  const functions: { readonly call: (...args: unknown[]) => unknown; readonly takes: number }[] = [];
  const handles: { readonly what: string; readonly use: () => unknown }[] = [];
  const pick = <Item>(list: readonly Item[]): Item => list[choose(list.length)] as Item;

  const shown = (value: unknown, takes: number): string => {
    if (typeof value !== 'function') return String(value);
    const known = functions.findIndex(({ call }) => call === value);
    const call = value as (...args: unknown[]) => unknown;
    return `function ${known === -1 ? functions.push({ call, takes }) - 1 : known}`;
  };
  const told = (work: () => unknown, takes = 0): string => {
    try {
      return shown(work(), takes);
    } catch (error) {
      if (error instanceof WasmEdgePluginsError) return error.code;
      throw error;
    }
  };
  const step = (): string => {
    const guest = choose(guests.length);
    const name = [undefined, ...names][choose(4)];
    const [at, to, slot] = [choose(instances.length), choose(functions.length + 1), choose(4)];
    const instance = instances[at];
    const kind = choose(14);
    const functionName = pick(['next', 'again', 'own', 'add', 'give', 'giveHidden', 'callTable']);
    if (kind < 3 || instance === undefined) {
      const outcome = told(() => {
        instances.push(runtime.instantiate(guests[guest] as Uint8Array, { name }));
        return `instance ${instances.length - 1}`;
      });
      return `instantiate ${guest} as ${name}: ${outcome}`;
    }
    switch (kind) {
      case 3:
      case 4:
        return `dispose ${at}: ${told(() => instance[Symbol.dispose]())}`;
      case 5:
      case 6:
        return `${at}.exports.${functionName}: ${told(() => instance.exports[functionName], /^(add|callTable)$/.test(functionName) ? 1 : 0)}`;
      case 7: {
        const target = functions[to];
        return `call function ${to} with ${slot}: ${told(() => target?.call(...(target.takes === 0 ? [] : [slot])))}`;
      }
      case 8:
        return `call ${at}.${functionName}: ${told(() => instance.exports[functionName]?.())}`;
      case 9:
        return `call ${at}.callTable ${slot}: ${told(() => instance.exports.callTable?.(slot))}`;
      case 10:
        return `give ${at} function ${to}: ${told(() => instance.exports.take?.((functions[to]?.call ?? null) as never))}`;
      case 11: {
        const made = told(() => {
          const [memory, global, table] = [
            instance.exportedMemory('memory'),
            instance.exportedGlobal('global'),
            instance.exportedTable('table'),
          ];
          handles.push(
            { what: `memory of ${at}`, use: () => memory.readU8(0) },
            { what: `pages of ${at}`, use: () => memory.pages },
            { what: `growth of ${at}`, use: () => memory.grow(1) },
            { what: `global of ${at}`, use: () => global.get() },
            { what: `table of ${at}`, use: () => table.get(slot) },
            { what: `length of the table of ${at}`, use: () => table.length },
            {
              what: `entry ${slot} of the table of ${at}`,
              use: () => table.set(slot, functions[0]?.call ?? null),
            },
            { what: `growth of the table of ${at}`, use: () => table.grow(1) },
          );
        });
        return `handles of ${at}: ${made}`;
      }
      case 12: {
        const handle = handles[choose(handles.length)];
        return `${handle?.what}: ${told(() => handle?.use())}`;
      }
      default:
        return `memory 0 of ${at}: ${told(() => instance.memory?.readU8(0))}`;
    }
  };
  return Array.from({ length: steps }, step);
}
