import type { NnErrnoName } from '@wasmedge-plugins/wasi-nn';
import type { FailureKind } from '../transports/remote-failure.js';

/** The error code that a guest gets. That a model is missing is `not_found` while it is loaded only: whoever computes has found it. */
export function errnoOf(kind: FailureKind, isLoading = false): NnErrnoName {
  switch (kind) {
    case 'invalid':
      return 'invalid_argument';
    case 'not-found':
      return isLoading ? 'not_found' : 'runtime_error';
    case 'busy':
      return 'busy';
    case 'unsupported':
      return 'unsupported_operation';
    case 'too-large':
      return 'too_large';
    default:
      return 'runtime_error';
  }
}
