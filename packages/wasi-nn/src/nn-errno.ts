/** Error codes of `wasi_ephemeral_nn`, from WasmEdge 0.14 on. */
export const NnErrno = {
  success: 0,
  invalid_argument: 1,
  invalid_encoding: 2,
  missing_memory: 3,
  busy: 4,
  runtime_error: 5,
  unsupported_operation: 6,
  too_large: 7,
  not_found: 8,
  end_of_sequence: 100,
  context_full: 101,
  prompt_too_long: 102,
  model_not_found: 103,
} as const;

/** The name of an error code. */
export type NnErrnoName = keyof typeof NnErrno;

/** The name of a number that a function answers; `undefined` for one that is no error code. */
export function errnoName(result: unknown): NnErrnoName | undefined {
  return Object.entries(NnErrno).find(([, errno]) => errno === result)?.[0] as NnErrnoName | undefined;
}
