import { readErrorText } from '../../protocol/json/control-messages.js';
import { callFailure, shownText } from '../call-failure.js';
import type { RemoteFailure } from '../remote-failure.js';
import type { ServerAddress } from '../server-address.js';
import type { HttpAnswer } from './http-call.js';
import { httpStatusKind } from './http-status.js';
import { isOfModel } from './paths.js';

/** An answer whose status is not 200, with the server's own text. */
export function statusFailure(address: ServerAddress, path: string, answer: HttpAnswer): RemoteFailure {
  const { status } = answer;
  const isRedirect = status >= 300 && status < 400;
  const text = isRedirect ? 'a redirect, which is not followed' : shownText(errorText(answer));
  const kind = httpStatusKind(status, text);
  return callFailure(
    kind === 'not-found' && !isOfModel(path) ? 'unsupported' : kind,
    address,
    `answered HTTP ${status}${text === '' ? '' : `: ${text}`}`,
  );
}

/** What a server says in JSON, or as plain text; a page for people says nothing. */
function errorText({ headers, body }: HttpAnswer): string {
  const isPlain = headers['content-type']?.startsWith('text/plain') === true;
  return readErrorText(body) ?? (isPlain ? body.toString('utf8', 0, 4096) : '');
}
