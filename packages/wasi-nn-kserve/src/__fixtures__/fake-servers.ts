import type { InferResponse, ModelMetadata } from '../protocol/messages.js';
import type { ServerCall, ServerCaller } from '../servers/call-server.js';
import type { ServersOptions } from '../servers/servers-options.js';
import { SharedServers } from '../servers/shared-servers.js';
import { type FailureKind, RemoteFailure } from '../transports/remote-failure.js';
import type { CallOptions, Transport } from '../transports/transport.js';
import { FakeClock } from './fake-clock.js';

/** What a server does with a call; it answers with its address by default. */
export type Behaviour = (options: CallOptions, question: 'call' | 'ready') => Promise<unknown>;

/** Fails as a transport does. */
export function failing(kind: FailureKind, text = kind as string): Behaviour {
  return async () => {
    throw new RemoteFailure(kind, text);
  };
}

/** Never answers, but ends when it is told to. */
export const silent: Behaviour = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** Never answers, and does not even end. */
export const deaf: Behaviour = () => new Promise(() => {});

/** Servers that do what the test says, by their addresses. */
export class FakeServers {
  readonly clock = new FakeClock();
  readonly shared = new SharedServers((address) => this.open(address), this.clock);
  /** What a server does; without it, it answers. */
  readonly behaviours = new Map<string, Behaviour>();
  /** All that they were asked, in order. */
  readonly asked: string[] = [];
  readonly options: CallOptions[] = [];
  opened = 0;
  closed = 0;

  /** What calls are made with. */
  caller(servers: ServersOptions['servers'], options: Partial<ServersOptions> = {}): ServerCaller {
    return this.shared.use(this.settings(servers, options));
  }

  settings(servers: ServersOptions['servers'], options: Partial<ServersOptions> = {}): ServersOptions {
    return {
      servers,
      connectTimeoutMs: 5_000,
      maxMessageBytes: 1 << 20,
      timeoutMs: 10_000,
      retries: 2,
      maxInFlight: 64,
      maxQueued: 256,
      ...options,
    };
  }

  open(address: string): Transport {
    this.opened++;
    const ask = async (options: CallOptions, question: 'call' | 'ready') => {
      this.asked.push(question === 'call' ? address : `${address} ${question}`);
      this.options.push(options);
      return this.behaviours.get(address)?.(options, question);
    };
    return {
      address,
      isModelReady: async (_, options) => ((await ask(options, 'ready')) ?? true) === true,
      modelMetadata: async (_, options) => ((await ask(options, 'call')) ?? address) as ModelMetadata,
      infer: async ({ id }, options) =>
        ((await ask(options, 'call')) ?? { id, outputs: [] }) as InferResponse,
      close: () => this.closed++,
    } as Partial<Transport> as Transport;
  }
}

/** A call of the model "road". */
export function roadCall(call: Partial<ServerCall> = {}): ServerCall {
  return { timeoutMs: 10_000, headers: {}, isRepeatable: true, model: { name: 'road' }, ...call };
}

/** Asks some server for its address. */
export function ask(caller: ServerCaller, call: Partial<ServerCall> = {}): Promise<unknown> {
  return caller.call(roadCall(call), (transport, options) =>
    transport.modelMetadata({ name: 'road' }, options),
  );
}

/** What came of a promise so far. */
export interface Seen<Value> {
  value?: Value;
  error?: Error & { readonly errnoName?: string };
}

/** Looks at a promise without waiting for it. */
export function watch<Value>(promise: Promise<Value>): Seen<Value> {
  const seen: Seen<Value> = {};
  promise.then(
    (value) => {
      seen.value = value;
    },
    (error) => {
      seen.error = error;
    },
  );
  return seen;
}
