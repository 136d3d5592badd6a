import { Buffer } from 'node:buffer';
import type { CaseContext, CaseRuntime } from '@wasmedge-plugins/conformance';
import { signature } from '@wasmedge-plugins/core';
import type { HttpsRules } from '../../src/options.js';

/** Size of the memory of the guest `raw-calls`, until it grows. */
export const memorySize = 65_536;
/** Where the methods below let the guest put texts. The last one's bytes are followed by others. */
const hostOffset = 16;
const requestOffset = 1024;
const responseOffset = 8192;

const declared = {
  send_data: signature(['i32', 'i32', 'i32', 'i32', 'i32'], []),
  get_rcv: signature(['i32'], []),
  get_rcv_len: signature([], ['i32']),
  store: signature(['i32', 'i32'], []),
  load: signature(['i32'], ['i32']),
  fill: signature(['i32', 'i32', 'i32'], []),
  grow: signature(['i32'], ['i32']),
  store_pattern: signature(['i32', 'i32'], []),
  count_other: signature(['i32', 'i32'], ['i32']),
} as const;

const instantiate = (runtime: CaseRuntime, bytes: Uint8Array) =>
  runtime.instantiate(bytes, { exports: declared });

type RawInstance = Awaited<ReturnType<typeof instantiate>>;

/** The exports of the guest `raw-calls`, which passes on any numbers, and its own bytes. It opens no socket. */
export class RawCalls {
  readonly #instance: RawInstance;
  readonly exports: RawInstance['exports'];

  private constructor(instance: RawInstance) {
    this.#instance = instance;
    this.exports = instance.exports;
  }

  static async create(context: CaseContext, rules: HttpsRules): Promise<RawCalls> {
    return RawCalls.in(await context.createRuntime({ plugin: rules }), context);
  }

  /** The guest in a runtime that there is. */
  static async in(runtime: CaseRuntime, context: CaseContext): Promise<RawCalls> {
    return new RawCalls(await instantiate(runtime, context.guest('raw-calls')));
  }

  /** Puts a text, as Latin-1, into the guest's memory. */
  async store(offset: number, text: string): Promise<number> {
    const bytes = Buffer.from(text, 'latin1');
    await this.#instance.writeMemory(offset, bytes);
    return bytes.length;
  }

  /** Bytes of the guest's memory, as Latin-1. */
  async load(offset: number, length: number): Promise<string> {
    return Buffer.from(await this.#instance.readMemory(offset, length)).toString('latin1');
  }

  /** Sends a request and takes the response, as Latin-1. */
  async ask(host: string, port: number, request: string): Promise<string> {
    await this.send(host, port, request);
    return this.response();
  }

  /** Sends a request; its host and its text are followed by bytes that are not theirs. */
  async send(host: string, port: number, request: string): Promise<void> {
    const hostLength = await this.store(hostOffset, host);
    await this.store(hostOffset + hostLength, 'JUNKAFTER');
    const requestLength = await this.store(requestOffset, request);
    await this.store(requestOffset + requestLength, 'JUNKAFTER');
    await this.exports.send_data(hostOffset, hostLength, port, requestOffset, requestLength);
  }

  /** The last response, as Latin-1; it must be smaller than 56 KiB. */
  async response(): Promise<string> {
    await this.exports.get_rcv(responseOffset);
    return this.load(responseOffset, await this.exports.get_rcv_len());
  }
}

/** A request that asks for nothing special. */
export function get(path = '/', headers: readonly string[] = [], host = 'localhost'): string {
  return requestText('GET', path, headers, '', host);
}

export function requestText(
  method: string,
  path: string,
  headers: readonly string[] = [],
  body = '',
  host = 'localhost',
): string {
  return [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...headers, '', body].join('\r\n');
}
