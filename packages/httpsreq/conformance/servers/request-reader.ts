import { Buffer } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';

const headEnd = '\r\n\r\n';
const maxKept = 64 * 1024;

/** Takes the requests of one connection apart: heads, and bodies by their Content-Length. */
export class RequestReader {
  #pending: Buffer = Buffer.alloc(0);
  #bodyLeft = 0;
  #bodyLength = 0;
  #hash: Hash = createHash('sha256');
  #waiting: (() => void) | undefined;
  /** The start of each request. */
  readonly requests: string[] = [];

  push(chunk: Buffer): void {
    this.#pending = this.#pending.byteLength === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    this.#takeBody();
    this.#waiting?.();
  }

  async readHead(): Promise<void> {
    let end = this.#pending.indexOf(headEnd);
    while (end === -1) {
      await this.#more();
      end = this.#pending.indexOf(headEnd);
    }
    const head = this.#pending.subarray(0, end + headEnd.length).toString('latin1');
    this.#pending = this.#pending.subarray(head.length);
    this.#bodyLength = Number(/^content-length: *(\d+)\r$/im.exec(head)?.[1] ?? 0);
    this.#bodyLeft = this.#bodyLength;
    this.#hash = createHash('sha256');
    this.requests.push(head);
    this.#takeBody();
  }

  async readBody(): Promise<void> {
    while (this.#bodyLeft > 0) {
      await this.#more();
    }
  }

  /** Length and SHA-256 of the last body. */
  digest(): string {
    return `${this.#bodyLength} ${this.#hash.digest('hex')}`;
  }

  #takeBody(): void {
    const part = this.#pending.subarray(0, this.#bodyLeft);
    if (part.byteLength > 0) {
      this.#pending = this.#pending.subarray(part.byteLength);
      this.#bodyLeft -= part.byteLength;
      this.#hash.update(part);
      const last = this.requests.length - 1;
      this.requests[last] = `${this.requests[last]}${part.toString('latin1')}`.slice(0, maxKept);
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}
