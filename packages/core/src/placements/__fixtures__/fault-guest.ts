import { wat } from '../../__fixtures__/wat.js';
import { hostModule, signature } from '../../index.js';

const module = new URL('./fault-host.mjs', import.meta.url).href;

/** The host functions of {@link faultGuest}; they are there in another thread or process only. */
export const faultHost = hostModule('faults', {}, { exportedAs: { module, export: 'faults' } });

/** A function of the module, to be performed in a member. */
export const faultTask = (name: 'hang' | 'count') => ({ module, export: name });

const nothing = signature([], []);

/** What {@link faultGuest} exports. */
export const faultExports = {
  add: signature(['i32', 'i32'], ['i32']),
  overflow: nothing,
  allocate: signature([], ['i32']),
  loop: nothing,
  trap: nothing,
  sleep: nothing,
  sleepOn: nothing,
  exit: nothing,
  exitAndLoop: nothing,
  fail: nothing,
  failBelow: signature(['i32'], []),
  spin: nothing,
  crashLater: nothing,
} as const;

/** A guest that fails in each way in which one can. */
export const faultGuest = wat(`(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (import "faults" "exit" (func $exit))
  (import "faults" "fail" (func $fail))
  (import "faults" "again" (func $again (param i32 funcref)))
  (import "faults" "spin" (func $spin))
  (import "faults" "crashLater" (func $crashLater))
  (memory (export "memory") 1 64)
  (elem declare func $failBelow)
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $overflow (export "overflow") (call $overflow) (call $overflow))
  (func (export "allocate") (result i32)
    (loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (memory.size))
  (func (export "loop") (loop (br 0)))
  (func (export "trap") unreachable)
  (func $sleep (export "sleep")
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 3600000000000))
    (drop (call $poll (i32.const 0) (i32.const 128) (i32.const 1) (i32.const 192))))
  (func (export "sleepOn") (loop (call $sleep) (br 0)))
  (func (export "exit") (call $exit))
  (func (export "exitAndLoop") (call $exit) (loop (br 0)))
  (func (export "fail") (call $fail))
  (func $failBelow (export "failBelow") (param i32)
    (if (i32.eqz (local.get 0)) (then (call $fail)))
    (call $again (i32.sub (local.get 0) (i32.const 1)) (ref.func $failBelow)))
  (func (export "spin") (call $spin))
  (func (export "crashLater") (call $crashLater))
  (func (export "_start") (call $proc_exit (i32.const 7))))`);
