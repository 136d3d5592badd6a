/** Error codes of `wasi_ephemeral_nn`, from WasmEdge 0.14 on. */
export const NnErrno = {
  /** The function succeeded. */
  success: 0,
  /** An invalid pointer, tensor, name or number. */
  invalid_argument: 1,
  /** The model encoding is unknown. */
  invalid_encoding: 2,
  /** Memory is missing; no function here returns it. */
  missing_memory: 3,
  /** The object is in use. */
  busy: 4,
  /** The backend failed. */
  runtime_error: 5,
  /** The host, or the backend, does not allow it. */
  unsupported_operation: 6,
  /** It is more than the host allows or has. */
  too_large: 7,
  /** The graph, the context or the model does not exist. */
  not_found: 8,
  /** A model that computes token by token has reached its end. */
  end_of_sequence: 100,
  /** A model that computes token by token has no room for more. */
  context_full: 101,
  /** The input is longer than such a model accepts. */
  prompt_too_long: 102,
  /** A file of the model is missing. */
  model_not_found: 103,
} as const;

/** The name of an error code. */
export type NnErrnoName = keyof typeof NnErrno;

/** The name of a number that a function returned; `undefined` for one that is not an error code. */
export function errnoName(result: unknown): NnErrnoName | undefined {
  return Object.entries(NnErrno).find(([, errno]) => errno === result)?.[0] as NnErrnoName | undefined;
}
