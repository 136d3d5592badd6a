import type { FailureKind } from '../remote-failure.js';

/** What an HTTP status other than 200 means. */
export function httpStatusKind(status: number, text: string): FailureKind {
  if (status >= 300 && status < 400) return 'malformed';
  switch (status) {
    case 400:
      // Triton's words for a model that is not there, or not yet.
      return /not ready|no available versions|unknown model/i.test(text) ? 'not-found' : 'invalid';
    case 422:
      return 'invalid';
    case 401:
    case 403:
    case 407:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 405:
    case 501:
      return 'unsupported';
    case 408:
    case 504:
      return 'timed-out';
    case 413:
      return 'too-large';
    case 429:
    case 503:
      return 'busy';
    default:
      return 'failed';
  }
}
