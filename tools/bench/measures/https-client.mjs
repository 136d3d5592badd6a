// @ts-check
import { createHttpsClient } from '@wasmedge-plugins/httpsreq';
import { timedAsync } from '../rounds.mjs';

/**
 * Requests of the HTTPS client, each on a connection of its own.
 * @param {import('@wasmedge-plugins/httpsreq').HttpsRules} rules
 * @param {number} port
 * @param {number} bodyBytes
 * @returns {{ side: import('../rounds.mjs').Side, close: () => void }}
 */
export function openHttpsClient(rules, port, bodyBytes) {
  const client = createHttpsClient(rules);
  const url = `https://127.0.0.1:${port}/${bodyBytes}`;
  return {
    side: (count) =>
      timedAsync(async () => {
        let answer = 0;
        // The last byte of the body.
        for (let i = 0; i < count; i++) answer += (await client.fetch(url)).body[bodyBytes - 1] ?? 0;
        return answer;
      }),
    close: () => client[Symbol.dispose](),
  };
}
