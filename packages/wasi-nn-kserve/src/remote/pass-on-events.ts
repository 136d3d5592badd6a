import { subscribe } from 'node:diagnostics_channel';
import { kserveChannelName } from '../events/kserve-event.js';

let tellHost: ((event: unknown) => void) | undefined;
let isSubscribed = false;

/** Has what is published in this thread told to the host's, as long as somebody listens there; see {@link listenForHost}. */
export function passOnEvents(tell: (event: unknown) => void): void {
  tellHost = tell;
}

/** Listens for the host's thread from when somebody listens there. */
export function listenForHost(isListenedTo: boolean): void {
  if (!isListenedTo || isSubscribed || tellHost === undefined) return;
  isSubscribed = true;
  subscribe(kserveChannelName, (event) => tellHost?.(event));
}
