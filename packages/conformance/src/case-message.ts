import type { CaseOutcome } from './case-result.js';
import { failedOrDiffers } from './run-case.js';
import type { ConformanceCase } from './suite.js';
import type { Target } from './target.js';

/** What the child process is asked to run. */
export interface CaseRequest {
  /** URL of the module that exports the suite as `suite`. */
  readonly moduleUrl: string;
  readonly caseName: string;
  readonly target: Target;
}

/** What the child process answers. */
export type CaseResponse =
  | { readonly status: 'passed' }
  | { readonly status: 'ignored'; readonly reason: string }
  | { readonly status: 'failed'; readonly error: PlainError };

/** An error as it crosses between processes. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: unknown;
}

export function toResponse(outcome: CaseOutcome): CaseResponse {
  switch (outcome.status) {
    case 'passed':
    case 'ignored':
      return outcome;
    default:
      return { status: 'failed', error: toPlainError(outcome.error) };
  }
}

export function fromResponse(
  response: CaseResponse,
  target: Target,
  conformanceCase: ConformanceCase,
): CaseOutcome {
  return response.status === 'failed'
    ? failedOrDiffers(target, conformanceCase, fromPlainError(response.error))
    : response;
}

export function toPlainError(error: Error): PlainError {
  const { name, message, stack } = error;
  return { name, message, stack, ...('code' in error && { code: error.code }) };
}

function fromPlainError({ name, message, stack, code }: PlainError): Error {
  return Object.assign(new Error(message), { name, stack }, code !== undefined && { code });
}
