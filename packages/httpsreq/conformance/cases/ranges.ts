import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { assertFails } from '../drive/assert-fails.js';
import { get, memorySize, RawCalls } from '../drive/raw-calls.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { withServer } from '../servers/with-server.js';

const source =
  'guest-abi section 0: offset + length <= memory size, as a 64-bit sum; section 2: a bad range traps';
const code = 'ERR_MEMORY_RANGE';
const steps = [...answer(okResponse('0123456789')), 'end'] as const;
const response = okResponse('0123456789');

/** Ranges that are not all in a memory of 65536 bytes; -1 is 4294967295. */
const badRanges = [
  [memorySize, 1],
  [memorySize - 1, 2],
  [0, memorySize + 1],
  [0, -1],
  [-1, 1],
  [-1, -1],
  [-16, 32],
  [0x7fff_ffff, 1],
  [-0x8000_0000, -0x8000_0000],
] as const;

/** Pointers and lengths that no well-behaved guest passes. */
export const rangeCases: readonly ConformanceCase[] = [
  {
    name: 'a host outside the memory is an error',
    source,
    upstreamDiffers: 'only the first byte of the range is checked',
    detects: ['checks-first-byte-only'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        const length = await raw.store(1024, get());
        for (const [pointer, size] of badRanges) {
          await assertFails(context, code, () =>
            raw.exports.send_data(pointer, size, server.port, 1024, length),
          );
        }
        assert.equal((await server.report()).connections, 0);
      }),
  },
  {
    name: 'a request outside the memory is an error',
    source,
    upstreamDiffers: 'only the first byte of the range is checked',
    detects: ['checks-first-byte-only'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        const length = await raw.store(16, 'localhost');
        for (const [pointer, size] of badRanges) {
          await assertFails(context, code, () =>
            raw.exports.send_data(16, length, server.port, pointer, size),
          );
        }
        assert.equal((await server.report()).connections, 0);
      }),
  },
  {
    name: 'a request that ends with the memory is sent',
    source,
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        const host = await raw.store(0, 'localhost');
        const begin = memorySize - get().length;
        await raw.exports.send_data(0, host, server.port, begin, await raw.store(begin, get()));
        assert.equal(await raw.response(), response);
      }),
  },
  {
    name: 'a response is written where it fits as a whole, and nowhere else',
    source,
    upstreamDiffers: 'the buffer is not checked: what follows the memory is overwritten, or the process ends',
    detects: ['writes-part-of-response', 'ignores-response-range'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        await raw.send('localhost', server.port, get());
        const last = memorySize - response.length;
        const untouched = '.'.repeat(response.length);
        await raw.store(last, untouched);
        for (const pointer of [last + 1, memorySize - 1, memorySize, 0x7fff_ffff, -response.length, -1]) {
          await assertFails(context, code, () => raw.exports.get_rcv(pointer));
        }
        assert.equal(await raw.load(last, response.length), untouched);
        await raw.exports.get_rcv(last);
        assert.equal(await raw.load(last, response.length), response);
        await raw.exports.get_rcv(0);
        assert.equal(await raw.load(0, response.length), response);
      }),
  },
  {
    name: 'a response that is larger than the memory is written after the memory has grown',
    source,
    detects: ['writes-part-of-response'],
    run: (context) =>
      withServer(['read-request', { send: okResponse('x'.repeat(100_000)) }, 'end'], async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        await raw.send('localhost', server.port, get());
        const length = await raw.exports.get_rcv_len();
        assert.equal(length, okResponse('x'.repeat(100_000)).length);
        if (context.provider === 'embedded') {
          await assertFails(context, code, () => raw.exports.get_rcv(0));
        }
        assert.equal(await raw.exports.grow(1), 1);
        await raw.exports.get_rcv(8);
        assert.equal(await raw.load(8, 15), 'HTTP/1.1 200 OK');
        assert.equal(await raw.load(8 + length - 3, 4), 'xxx\0');
      }),
  },
  {
    name: 'a guest without memory is stopped where memory is needed, and nowhere else',
    source: 'guest-abi section 0',
    detects: ['ignores-missing-memory'],
    async run(context) {
      const runtime = await context.createRuntime({ plugin: { allowHosts: ['localhost'] } });
      const { exports } = await runtime.instantiate(context.guest('no-memory'));
      for (const name of ['send_data', 'get_rcv']) {
        await assertFails(context, 'ERR_NO_MEMORY', () => exports[name]?.(), name);
      }
      assert.equal(await exports.get_rcv_len?.(), 0);
    },
  },
];
