import type { ExportReference } from '@wasmedge-plugins/core';
import type { HttpsRequestInfo } from '../hook-options.js';
import type { AddressRules } from './rules/address-rules.js';
import type { Host } from './rules/host-name.js';

/** A request as it is handed to the helper thread. */
export interface ExchangeRequest {
  readonly info: HttpsRequestInfo;
  readonly host: Host;
  /** In a buffer of their own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rules: ExchangeRules;
  /** URL of the proxy, if the request goes through one. */
  readonly proxy: string | undefined;
  /** `raw`: the bytes as they came. `parsed`: head and body apart. */
  readonly answer: 'raw' | 'parsed';
}

/** The part of the rules that is kept on the helper thread. Plain data. */
export interface ExchangeRules extends AddressRules {
  /** PEM. */
  readonly ca: readonly string[];
  readonly trustSystemCertificates: boolean;
  /** SHA-256 digests in hexadecimal. */
  readonly pins: readonly string[];
  readonly dangerouslyAcceptAnyCertificate: boolean;
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly onRequest: ExportReference | undefined;
}

/** A response. */
export interface ExchangeAnswer {
  readonly status: number;
  /** The address that answered; `undefined` behind a proxy. */
  readonly address: string | undefined;
  readonly responseBytes: number;
  /** The raw response, or its body when it was to be parsed. */
  readonly bytes: Uint8Array;
  /** Only when it was to be parsed. */
  readonly head: ResponseHead | undefined;
}

/** The head of a parsed response. */
export interface ResponseHead {
  readonly statusText: string;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
}
