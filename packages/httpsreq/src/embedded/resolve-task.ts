import { HttpTimeoutError } from '../errors.js';
import { Cancellation } from './cancellation.js';
import { resolveHost } from './resolve-host.js';
import type { AddressRules } from './rules/address-rules.js';
import type { Host } from './rules/host-name.js';

/** A look-up as it is handed to the helper thread. */
export interface ResolveRequest {
  readonly host: Host;
  readonly rules: AddressRules;
  readonly timeoutMs: number;
}

/** Looks a host up, as {@link resolveHost}, within a time. */
export async function resolve(
  { host, rules, timeoutMs }: ResolveRequest,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly string[]> {
  using looking = new Cancellation(
    signal,
    timeoutMs,
    () =>
      new HttpTimeoutError(
        `Looking up ${host.text} took longer than ${timeoutMs} ms; raise connectTimeoutMs.`,
      ),
  );
  return await resolveHost(host, rules, looking.signal);
}
