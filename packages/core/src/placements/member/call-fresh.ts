import type { GuestRuntime } from '../../runtime/guest-runtime.js';
import type { GuestSource } from '../../runtime/runtime.js';
import type { Request } from '../protocol/messages.js';

type AnyFunction = (...args: readonly unknown[]) => unknown;

/** Calls one export of an instance that is made for it, and is gone afterwards. */
export function callFresh(
  runtime: GuestRuntime,
  guest: GuestSource,
  { name, args, exports }: Extract<Request, { readonly kind: 'callFresh' }>,
): unknown {
  return runtime.useFresh(guest, exports, (instance) =>
    (instance.exports as Readonly<Record<string, AnyFunction>>)[name]?.(...args),
  );
}
