import { checkOptionNames } from '../../options/check-option-names.js';
import { checkCallBounds } from '../../runtime/check-options.js';
import type { CallOptions } from '../interface/call-options.js';

/** @throws {InvalidArgumentError} for an option of a call that does not exist or has the wrong type. */
export function checkCallOptions(call: string, options: CallOptions = {}): void {
  checkOptionNames<CallOptions>(call, options, { timeoutMs: true, signal: true });
  checkCallBounds(call, options);
}
