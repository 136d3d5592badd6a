import type { ModelName } from '../protocol/messages.js';
import { RemoteFailure } from '../transports/remote-failure.js';
import type { Transport } from '../transports/transport.js';
import { countedTransport, type TensorBytes } from './counted-transport.js';
import type { KServeFailure } from './kserve-event.js';
import { isListenedTo, publish } from './publish.js';

/** An attempt, as its events tell of it. */
export interface ObservedCall {
  readonly model: ModelName;
  readonly attempt: number;
  /** What ended it from here, if that did. */
  endedBy(): 'deadline' | 'aborted' | 'closed' | undefined;
}

/** Makes an attempt, and tells whoever listens that it begins and how it ends. */
export async function observeCall<Result>(
  { model, attempt, endedBy }: ObservedCall,
  transport: Transport,
  use: (transport: Transport) => Promise<Result>,
): Promise<Result> {
  if (!isListenedTo()) return use(transport);
  const about = { address: transport.address, model: model.name, version: model.version, attempt };
  const bytes: TensorBytes = { sent: 0, received: 0 };
  const begin = performance.now();
  publish(() => ({ kind: 'call-started', ...about }));
  const ended = (failure: KServeFailure | undefined) =>
    publish(() => ({
      kind: 'call-ended',
      ...about,
      durationMs: performance.now() - begin,
      failure,
      sentBytes: bytes.sent,
      receivedBytes: bytes.received,
    }));
  try {
    const result = await use(countedTransport(transport, bytes));
    ended(undefined);
    return result;
  } catch (error) {
    ended(failureOf(error, endedBy()));
    throw error;
  }
}

function failureOf(error: unknown, end: ReturnType<ObservedCall['endedBy']>): KServeFailure {
  if (end !== undefined) return end === 'deadline' ? 'deadline' : 'aborted';
  return error instanceof RemoteFailure ? error.kind : 'refused';
}
