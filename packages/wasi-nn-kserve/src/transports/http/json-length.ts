import { MalformedMessage } from '../../protocol/malformed.js';
import type { HttpAnswer } from './http-call.js';

/** Bytes of the JSON at the beginning of an answer; all of it where no header says otherwise. */
export function jsonLength({ headers, body }: Pick<HttpAnswer, 'headers' | 'body'>): number {
  const header = headers['inference-header-content-length'];
  if (header === undefined) return body.byteLength;
  const length = typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : 0;
  if (length === 0 || length > body.byteLength) {
    throw new MalformedMessage(
      `has the header Inference-Header-Content-Length: ${String(header)}, but is ${body.byteLength} bytes long`,
    );
  }
  return length;
}
