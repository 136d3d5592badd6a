import { onAbort } from '@wasmedge-plugins/core';

/** A controller that many calls may have, one after another or at once: its signal is listened to once, for as long as there is one. */
export function longLivedController(): AbortController {
  const controller = new AbortController();
  onAbort(controller.signal, () => {});
  return controller;
}
