import type { ModelName } from '../protocol/messages.js';
import { type FailureKind, RemoteFailure } from '../transports/remote-failure.js';
import { CallLimit } from './call-limit.js';
import type { Clock } from './clock.js';
import type { Server } from './server.js';

/** Milliseconds that a server has to say whether it has a model ready. */
export const probeTimeoutMs = 5_000;

/** What a server says that is there, but does not tell everybody whether a model is ready. */
const isThere: ReadonlySet<FailureKind> = new Set(['forbidden', 'unsupported']);

/** Whether a model is ready. */
export interface Question {
  readonly model: ModelName;
  readonly headers: Readonly<Record<string, string>>;
}

/** Asks a server whether it has a model ready. */
export async function isModelReady(
  server: Server,
  { model, headers }: Question,
  limit: CallLimit,
): Promise<boolean> {
  const isReady = await server.use(true, (transport) =>
    limit.within(() =>
      transport.isModelReady(model, { signal: limit.signal, timeoutMs: limit.remainingMs, headers }),
    ),
  );
  if (isReady) server.readyModels.add(model);
  else server.readyModels.delete(model);
  return isReady;
}

/** Asks a server on the side of a call, which does not wait for it. It has no answer that is an error. */
export async function probe(server: Server, question: Question, clock: Clock): Promise<boolean> {
  const limit = new CallLimit(clock, probeTimeoutMs, server.closing);
  try {
    return await isModelReady(server, question, limit);
  } catch (error) {
    return error instanceof RemoteFailure && isThere.has(error.kind);
  } finally {
    limit.lift();
  }
}

/** Asks those servers that have been ejected long enough whether they are back. */
export function probeEjected(servers: readonly Server[], question: Question, clock: Clock): void {
  for (const server of servers) {
    if (server.beginProbe()) void probe(server, question, clock).then((isBack) => server.endProbe(isBack));
  }
}
