export type {
  AsyncContext,
  AsyncExecutionContext,
  AsyncGraph,
  AsyncLoader,
  AsyncModelRequest,
  AsyncPieceComputation,
  MaybePromise,
  OpenAsync,
} from './async-backend.js';
export { BackendFailure } from './backend-failure.js';
