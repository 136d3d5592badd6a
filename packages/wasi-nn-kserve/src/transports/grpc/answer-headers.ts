import type { IncomingHttpHeaders } from 'node:http2';
import { callFailure, shownText } from '../call-failure.js';
import type { RemoteFailure } from '../remote-failure.js';
import type { ServerAddress } from '../server-address.js';
import { decodeStatusText, grpcStatus, httpStatusKind } from './status.js';

/** What is wrong with an answer that has no valid status at its end. */
export const withoutStatus = 'ended its answer without a gRPC status';

/** Most different headers of an answer, and of its end. */
export const maxHeaders = 128;

/** What is wrong with more. */
export const tooManyHeaders = 'sent more headers than are taken';

/** What is wrong with headers that no message can follow. */
export function headersFailure(
  address: ServerAddress,
  headers: IncomingHttpHeaders,
): RemoteFailure | undefined {
  const status = Number(headers[':status']);
  if (status !== 200) {
    const text =
      status >= 300 && status < 400 ? 'a redirect, which is not followed' : 'without a gRPC status';
    return callFailure(httpStatusKind(status), address, `answered HTTP ${status}, ${text}`);
  }
  if (headers['content-type']?.startsWith('application/grpc') === true) return undefined;
  return callFailure('malformed', address, 'answered something that is not gRPC. Check the port');
}

/** The status of a call, from the headers at its end. */
export function readStatus(address: ServerAddress, headers: IncomingHttpHeaders): RemoteFailure | 'OK' {
  const code = String(headers['grpc-status'] ?? '');
  if (!/^\d{1,3}$/.test(code)) {
    return callFailure('malformed', address, withoutStatus);
  }
  if (Number(code) === 0) return 'OK';
  const text = decodeStatusText(String(headers['grpc-message'] ?? ''));
  const { name, kind } = grpcStatus(Number(code), text);
  // Node.js drops a message that ends with a blank.
  const words = text === '' ? `${name} without a text that arrived` : `${name}: ${shownText(text)}`;
  return callFailure(kind, address, `answered ${words}`);
}
