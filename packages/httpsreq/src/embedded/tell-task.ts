import type { ExportReference } from '@wasmedge-plugins/core';
import type { HttpsRequestEnd } from '../hook-options.js';
import { tellHook as tell } from './run-hook.js';

/** The end of a request as it is handed to the helper thread. */
export interface TellRequest {
  readonly hook: ExportReference;
  readonly end: HttpsRequestEnd;
}

/** Tells a hook on the helper thread. */
export function tellHook({ hook, end }: TellRequest): Promise<void> {
  return tell(hook, end);
}
