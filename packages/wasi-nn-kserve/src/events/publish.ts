import { channel } from 'node:diagnostics_channel';
import { type KServeEvent, kserveChannelName } from './kserve-event.js';

const events = channel(kserveChannelName);

/** Whether somebody listens; nothing is made for events otherwise. */
export function isListenedTo(): boolean {
  return events.hasSubscribers;
}

/** Tells whoever listens; `make` is not called when nobody does. */
export function publish(make: () => KServeEvent): void {
  if (events.hasSubscribers) events.publish(make());
}
