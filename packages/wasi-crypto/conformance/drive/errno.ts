/** The error codes by their names, as the specification counts them; kept apart from the provider's own table, which they test. */
export const errnoNames = [
  'success',
  'guest_error',
  'not_implemented',
  'unsupported_feature',
  'prohibited_operation',
  'unsupported_encoding',
  'unsupported_algorithm',
  'unsupported_option',
  'invalid_key',
  'invalid_length',
  'verification_failed',
  'rng_error',
  'algorithm_failure',
  'invalid_signature',
  'closed',
  'invalid_handle',
  'overflow',
  'internal_error',
  'too_many_handles',
  'key_not_supported',
  'key_required',
  'invalid_tag',
  'invalid_operation',
  'nonce_required',
  'invalid_nonce',
  'option_not_set',
  'not_found',
  'parameters_missing',
  'in_progress',
  'incompatible_keys',
  'expired',
] as const;

export type ErrnoName = (typeof errnoNames)[number];

/** The name of an error code; a number that is none is named as it is. */
export function errnoName(errno: number): string {
  return errnoNames[errno] ?? `errno ${errno}`;
}
