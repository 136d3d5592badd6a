import { channel } from 'node:diagnostics_channel';
import type { HttpsRequestEnd } from '../hook-options.js';

/** Name of the `node:diagnostics_channel` channel on which a {@link HttpsRequestEnd} is published after each request. */
export const httpsRequestChannelName = 'wasmedge-plugins:https-request';

const requests = channel(httpsRequestChannelName);

/** Publishes the end of a request to those who listen. */
export function publishRequestEnd(end: HttpsRequestEnd): void {
  requests.publish(end);
}
