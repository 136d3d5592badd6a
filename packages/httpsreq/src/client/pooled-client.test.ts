import { createPool, type MemberTask } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { rulesFor } from '../../conformance/drive/rules.js';
import { withServer } from '../../conformance/servers/with-server.js';
import { HostNotAllowedError } from '../errors.js';
import type { HttpsRules } from '../options.js';

const fetchText: MemberTask<[rules: HttpsRules, url: string], { status: number; text: string }> = {
  module: new URL('../__fixtures__/pooled-client.mjs', import.meta.url),
  export: 'fetchText',
};

describe.each(['worker', 'process'] as const)('a client in a pool of placement %s', (placement) => {
  it('asks from the members, and refuses what is not allowed', async () => {
    await using pool = createPool({ placement, size: 1 });
    const response = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';
    await withServer(['read-request', { send: response }], async (server) => {
      const url = `https://localhost:${server.port}/`;
      expect(await pool.perform(fetchText, [rulesFor(server), url])).toEqual({ status: 200, text: 'hi' });
      const refused = pool.perform(fetchText, [{}, url]);
      await expect(refused).rejects.toSatisfy((error) => HostNotAllowedError.isInstance(error));
    });
  });
});
