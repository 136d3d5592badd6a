/** What the error says when the calling guest has no memory. */
export function noMemoryMessage(guest: string): string {
  return `The ${guest} has no memory; a guest needs one to pass more than numbers.`;
}

/** What the error says when no guest has made the call. */
export const noGuestMessage =
  'The host called this host function itself, through a guest that exports it as it is, so there is no guest memory. Let the guest export a function of its own that calls it.';
