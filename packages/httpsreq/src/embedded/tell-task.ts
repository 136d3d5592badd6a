import type { HttpsRequestEnd } from '../hooks.js';
import type { EncodedHook } from './exchange-request.js';
import { tellHook as tell } from './run-hook.js';

/** The end of a request as it is handed to the helper thread. */
export interface TellRequest {
  readonly hook: EncodedHook;
  readonly end: HttpsRequestEnd;
}

/** Tells a hook on the helper thread. */
export function tellHook({ hook, end }: TellRequest): Promise<void> {
  return tell(hook, end);
}
