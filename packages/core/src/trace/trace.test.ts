import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BuiltCore, literal } from '../__fixtures__/built-core.js';
import { forEachEngine } from '../__fixtures__/engines.js';
import { thrownBy } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  formatTraceEvent,
  hostFunction,
  hostModule,
  type Plugin,
  type TraceEvent,
  traceChannelName,
} from '../index.js';

const guest = wat(`(module
  (import "env" "open" (func $open (param i32 i64) (result i32)))
  (import "env" "secret" (func $secret (param i32 i32)))
  (import "env" "fail" (func $fail (param i32)))
  (import "env" "both" (func $both (param externref) (result i32 i64)))
  (func (export "open") (result i32) (call $open (i32.const -5) (i64.const 7)))
  (func (export "secret") (call $secret (i32.const 11) (i32.const 12)))
  (func (export "fail") (param i32) (call $fail (local.get 0)))
  (func (export "both") (param externref) (result i32 i64) (call $both (local.get 0))))`);

const thrown: readonly unknown[] = [new TypeError('boom'), 'text', undefined, null];

const env = hostModule('env', {
  open: hostFunction(['i32', 'i64'], ['i32'], () => 76, {
    result: (result) => (result === 76 ? 'notcapable' : undefined),
  }),
  secret: hostFunction(['i32', 'i32'], [], () => {}, { hiddenArguments: [0] }),
  fail: hostFunction(['i32'], [], (_caller, which) => {
    throw thrown[which];
  }),
  both: hostFunction(['externref'], ['i32', 'i64'], () => [1, 2n]),
});

let core: BuiltCore;
beforeAll(async () => {
  core = await BuiltCore.build();
});
afterAll(() => core?.[Symbol.dispose]());

forEachEngine((engine) => {
  it('tells a function of each host call: names, arguments, result and its name, time', async () => {
    const events: TraceEvent[] = [];
    using runtime = await createRuntime({ engine, hostModules: [env], trace: (event) => events.push(event) });
    const { exports } = runtime.instantiate(guest);
    expect(exports.open?.()).toBe(76);
    expect(exports.both?.({ password: 'x' })).toEqual([1, 2n]);
    expect(events).toEqual([
      {
        module: 'env',
        function: 'open',
        arguments: [-5, 7n],
        result: 76,
        resultName: 'notcapable',
        error: undefined,
        durationMs: expect.any(Number),
      },
      // References and lists of results may hold anything, so they are not shown.
      expect.objectContaining({ function: 'both', arguments: [undefined], result: undefined }),
    ]);
    expect(events.every(({ durationMs }) => durationMs >= 0 && durationMs < 1000)).toBe(true);
  });

  it('never shows a hidden argument', async () => {
    const events: TraceEvent[] = [];
    using runtime = await createRuntime({ engine, hostModules: [env], trace: (event) => events.push(event) });
    runtime.instantiate(guest).exports.secret?.();
    expect(events).toMatchObject([{ function: 'secret', arguments: [undefined, 12] }]);
    expect(formatTraceEvent(events[0] as TraceEvent)).toMatch(/^env\.secret\(…, 12\) \[\d+\.\d{3} ms\]$/);
  });

  it('names what a host function threw, which reaches the caller as it was', async () => {
    const events: TraceEvent[] = [];
    using runtime = await createRuntime({ engine, hostModules: [env], trace: (event) => events.push(event) });
    const { exports } = runtime.instantiate(guest);
    for (const [index, value] of thrown.entries()) {
      expect(thrownBy(() => exports.fail?.(index))).toBe(value);
    }
    expect(events.map(({ error }) => error)).toEqual(['TypeError', 'string', 'undefined', 'null']);
    expect(formatTraceEvent(events[0] as TraceEvent)).toMatch(/^env\.fail\(0\) threw TypeError \[/);
  });

  it('publishes the same events on the diagnostics channel, also without the option', async () => {
    const published: unknown[] = [];
    const listen = (event: unknown) => void published.push(event);
    subscribe(traceChannelName, listen);
    try {
      using runtime = await createRuntime({ engine, hostModules: [env] });
      runtime.instantiate(guest).exports.open?.();
      const events: TraceEvent[] = [];
      using both = await createRuntime({ engine, hostModules: [env], trace: (event) => events.push(event) });
      both.instantiate(guest).exports.open?.();
      expect(published.length).toBe(2);
      expect(published[1]).toBe(events[0]);
      expect(published[0]).toMatchObject({ module: 'env', function: 'open', result: 76 });
    } finally {
      unsubscribe(traceChannelName, listen);
    }
  });

  it('traces the modules of plug-ins and WASI too', async () => {
    const names: string[] = [];
    const plugin: Plugin = {
      name: 'plug',
      provider: 'embedded',
      moduleNames: ['plug'],
      create: () => ({ modules: [hostModule('plug', { call: hostFunction([], [], () => {}) })] }),
    };
    using runtime = await createRuntime({
      engine,
      plugins: [plugin],
      trace: ({ module, function: name }) => names.push(`${module}.${name}`),
    });
    const command = wat(`(module (import "plug" "call" (func $call))
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (memory (export "memory") 1) (func (export "_start") call $call (call $exit (i32.const 3))))`);
    expect(runtime.run(command)).toBe(3);
    expect(names).toEqual(['plug.call', 'wasi_snapshot_preview1.proc_exit']);
  });

  const program = (trace: string) =>
    `const open = core.hostFunction(['i32', 'i64'], ['i32'], () => 76, { result: () => 'notcapable' });
    const functions = { open, secret: core.hostFunction(['i32', 'i32'], [], () => {}), fail: core.hostFunction(['i32'], [], () => {}),
      both: core.hostFunction(['externref'], ['i32', 'i64'], () => [1, 2n]) };
    const runtime = await core.createRuntime({ engine: '${engine}', hostModules: [core.hostModule('env', functions)], trace: ${trace} });
    runtime.instantiate(${literal(guest)}).exports.open();
    runtime[Symbol.dispose]();`;
  const line = /^\[trace\] env\.open\(-5, 7\) = 76 \(notcapable\) \[\d+\.\d{3} ms\]\n$/;

  it.each([
    ['true', {}, line],
    ['undefined', { WASMEDGE_PLUGINS_TRACE: '1' }, line],
    ['undefined', { WASMEDGE_PLUGINS_TRACE: '' }, /^$/],
    ['undefined', { WASMEDGE_PLUGINS_TRACE: '0' }, /^$/],
    ['false', { WASMEDGE_PLUGINS_TRACE: '1' }, /^$/],
    ['undefined', {}, /^$/],
  ])('prints to stderr and never to stdout: option %s, environment %o', (option, environment, printed) => {
    const outcome = core.run(program(option), {
      environment: { WASMEDGE_PLUGINS_TRACE: '', ...environment },
    });
    expect(outcome).toEqual({ end: 0, stdout: '', stderr: expect.stringMatching(printed) });
  });
});
