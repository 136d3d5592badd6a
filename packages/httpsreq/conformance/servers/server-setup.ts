import type { Server, Socket } from 'node:net';

/** What a server of the suite is to do; crosses into its thread as it is. */
export type ServerSetup = TlsServerSetup | ProxySetup;

/** Files of `certificates/`, which say what is wrong with them. */
export type CertificateName =
  | 'good'
  | 'renewed'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'wrong-purpose'
  | 'self-signed'
  | 'unknown-authority'
  | 'issued-by-server';

/** A server that answers each TLS connection by the same steps. */
export interface TlsServerSetup {
  readonly kind: 'tls';
  /** Default: `good`. */
  readonly certificate?: CertificateName;
  /** Default: 127.0.0.1. */
  readonly address?: '127.0.0.1' | '::1';
  readonly steps: readonly Step[];
}

/** One thing that a server does on a connection. After the last one it keeps the connection open. */
export type Step =
  /** Waits for the head of the next request, or for all of it. */
  | 'read-head'
  | 'read-request'
  /** Ends TLS and then the connection, in order. */
  | 'end'
  /** Ends the connection without ending TLS. */
  | 'cut'
  | 'reset'
  /** Accepts the connection and never begins TLS; the first step, if any. */
  | 'no-tls'
  /** Sends a response with the length and the SHA-256 of the body of the last request. */
  | 'send-digest'
  /** As Latin-1. */
  | { readonly send: string }
  /** Sends the start of {@link patternBytes}. */
  | { readonly sendPattern: number }
  /** Sends a text byte by byte, each after these milliseconds. */
  | { readonly dribble: string; readonly everyMs: number }
  | { readonly pauseMs: number };

/** A proxy that knows CONNECT. */
export interface ProxySetup {
  readonly kind: 'proxy';
  /** What `Proxy-Authorization` must have after `Basic `, decoded. Default: nothing is asked. */
  readonly credentials?: string;
  /** Where every connection leads to, whatever was asked. Default: where was asked. */
  readonly target?: number;
  /** The status that is answered to every request instead of a connection. */
  readonly refuse?: number;
}

/** A server that does not listen yet. */
export interface CreatedServer {
  readonly server: Server;
  /** Its connections so far. */
  readonly sockets: readonly Socket[];
  readonly report: () => ServerReport;
}

/** What is asked of the thread of the servers; each server has a number. */
export type ServerRequest = { readonly id: number } & (
  | { readonly kind: 'start'; readonly setup: ServerSetup }
  | { readonly kind: 'report' | 'stop' }
);

/** What it answers: one answer to each request. */
export type ServerAnswer = { readonly id: number } & (
  | { readonly port: number }
  | { readonly failed: string }
  | { readonly report: ServerReport }
  | { readonly stopped: true }
);

/** What a server has seen so far. */
export interface ServerReport {
  readonly connections: number;
  /** One for each connection with TLS: the server name of the client, or `''` where it gave none. */
  readonly serverNames: readonly string[];
  /** One for each connection with TLS: the protocols that were agreed on, or `false`. */
  readonly protocols: readonly (string | false)[];
  /** The first 64 KiB of each request's head and body as Latin-1; of a proxy, the line and the headers of each CONNECT. */
  readonly requests: readonly string[];
}

/** Bytes whose value depends on their place, so that a part that is lost, doubled or moved changes the digest. */
export function patternBytes(length: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let index = 0; index < words.length; index += 1) {
    words[index] = Math.imul(index, 0x9e37_79b1);
  }
  return new Uint8Array(words.buffer, 0, length);
}
