import type { WasmEdgeInstallation } from '@wasmedge-plugins/core';
import { probe } from '../probe/probe.js';

/** The libwasmedge that would be taken, or why there is none. */
export async function libraryInUse(
  option?: string,
): Promise<
  { library: WasmEdgeInstallation; problem?: undefined } | { library?: undefined; problem: string }
> {
  const answer = await probe({ kind: 'library', library: option });
  return answer.kind === 'library'
    ? { library: answer.installation }
    : { problem: answer.kind === 'problem' ? answer.message : 'it was not tried' };
}
