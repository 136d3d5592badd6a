import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  context,
  createTraceState,
  ROOT_CONTEXT,
  type TraceState,
  trace,
} from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, FakeServers } from '../__fixtures__/fake-servers.js';
import { traceHeaders } from './trace-headers.js';

// The form of both headers is that of W3C's Trace Context, whose example these numbers are.
const spanContext = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  traceFlags: 1,
  traceState: createTraceState('congo=t61rcWkgMzE'),
};
const headers = {
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  tracestate: 'congo=t61rcWkgMzE',
};

/** What an SDK sets up, so that a context lasts through everything asynchronous. */
class Contexts {
  readonly #storage = new AsyncLocalStorage<Context>();
  active = () => this.#storage.getStore() ?? ROOT_CONTEXT;
  with<Arguments extends unknown[], Result>(
    active: Context,
    run: (...args: Arguments) => Result,
    thisArg?: unknown,
    ...args: Arguments
  ): Result {
    return this.#storage.run(active, () => run.call(thisArg as never, ...args));
  }
  bind = <Target>(_: Context, target: Target) => target;
  enable = () => this;
  disable = () => this;
}

const inSpan = <Result>(span: typeof spanContext | { traceId: string }, run: () => Result) =>
  context.with(trace.setSpan(ROOT_CONTEXT, trace.wrapSpanContext({ ...spanContext, ...span })), run);

it('has no headers where nothing was set up', () => {
  expect(traceHeaders()).toEqual({});
});

describe('where OpenTelemetry was set up', () => {
  beforeEach(() => {
    context.setGlobalContextManager(new Contexts());
  });
  afterEach(() => {
    context.disable();
  });

  it('has the headers of the active span', () => {
    expect(inSpan(spanContext, traceHeaders)).toEqual(headers);
    expect(inSpan({ ...spanContext, traceFlags: 0 }, traceHeaders).traceparent).toMatch(/-00$/);
  });

  it('has none without an active span, or of one that is not valid', () => {
    expect(traceHeaders()).toEqual({});
    expect(inSpan({ traceId: '0'.repeat(32) }, traceHeaders)).toEqual({});
  });

  it('has none of a span that fails, and no state that is not a line of text', () => {
    const failing = { serialize: () => 'a=b\r\nx-evil: 1' } as TraceState;
    expect(inSpan({ ...spanContext, traceState: failing }, traceHeaders)).toEqual({
      traceparent: headers.traceparent,
    });
    const span = trace.wrapSpanContext(spanContext);
    span.spanContext = () => {
      throw new Error('broken');
    };
    expect(context.with(trace.setSpan(ROOT_CONTEXT, span), traceHeaders)).toEqual({});
  });

  it('sends them with each call, and otherwise those of whoever calls', async () => {
    const servers = new FakeServers();
    const caller = servers.caller(['a']);
    const own = { traceparent: 'own', authorization: 'Bearer x' };
    await inSpan(spanContext, () => ask(caller, { headers: own }));
    await ask(caller, { headers: own });
    expect(servers.options.map((options) => options.headers)).toEqual([{ ...own, ...headers }, own]);
  });
});
