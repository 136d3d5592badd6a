import { isTable } from '@wasmedge-plugins/core';
import { NnError } from '@wasmedge-plugins/wasi-nn';
import { isListenedTo } from './events/publish.js';
import { traceHeaders } from './events/trace-headers.js';
import type { Credentials, KServeModel } from './source.js';
import { isLater, lateText } from './timely-credentials.js';

/** What the host's thread adds to a request. */
export interface HostRequest {
  /** Credentials, and the headers of the active span. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether somebody listens to events in that thread. */
  readonly isListenedTo?: boolean;
}

/** What the host's thread adds to each request of a model; called there, once for each. */
export function hostRequests(name: string, model: KServeModel): () => unknown {
  const { credentials } = model;
  const failed = fail(name, lateText(name, model));
  return () => {
    if (credentials === undefined) return requestOf(undefined);
    const given = ask(credentials, failed);
    return isLater(given)
      ? Promise.resolve(given).then((headers) => requestOf(checked(name, headers)), failed)
      : requestOf(checked(name, given));
  };
}

function ask(credentials: NonNullable<KServeModel['credentials']>, failed: (cause: unknown) => never) {
  try {
    return credentials();
  } catch (error) {
    return failed(error);
  }
}

function requestOf(credentials: Credentials | undefined): HostRequest | undefined {
  const listens = isListenedTo();
  const trace = traceHeaders();
  if (credentials === undefined && !listens && Object.keys(trace).length === 0) return undefined;
  return { headers: { ...credentials, ...trace }, ...(listens && { isListenedTo: true }) };
}

/** Headers with their names in lower case; what they say is in no message. */
function checked(name: string, given: unknown): Credentials {
  const entries = isTable(given) ? Object.entries(given) : undefined;
  if (entries?.every(([, value]) => typeof value === 'string') !== true) {
    throw new NnError(
      'runtime_error',
      `The function credentials of models.${name} must return an object of headers, which are strings by name.`,
    );
  }
  return Object.fromEntries(entries.map(([header, value]) => [header.toLowerCase(), value as string]));
}

function fail(name: string, late: string): (cause: unknown) => never {
  return (cause) => {
    // Nothing else of it is shown, since it may be secret.
    const isLate = cause instanceof Error && cause.message === late;
    const text = isLate ? late : `The function credentials of models.${name} failed; see the cause.`;
    throw new NnError('runtime_error', text, { cause });
  };
}
