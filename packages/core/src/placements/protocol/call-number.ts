/** The number of the call after this one. Both sides count the requests, so that one can be named while it runs. */
export function nextCall(call: number): number {
  return (call % 0x7fff_ffff) + 1;
}
