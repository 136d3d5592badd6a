import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { assertFails } from '../drive/assert-fails.js';
import { get, RawCalls } from '../drive/raw-calls.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { withServer } from '../servers/with-server.js';

const source = 'guest-abi section 2';
const twoAnswers = [...answer(okResponse('the first')), 'end'] as const;

/** What is kept between the calls of a guest. */
export const stateCases: readonly ConformanceCase[] = [
  {
    name: 'there is no response before the first request',
    source,
    async run(context) {
      const raw = await RawCalls.create(context, {});
      assert.equal(await raw.exports.get_rcv_len(), 0);
      await raw.store(100, 'untouched');
      await raw.exports.get_rcv(100);
      assert.equal(await raw.load(100, 9), 'untouched');
    },
  },
  {
    name: 'a response can be taken again, until the next one replaces it',
    source,
    detects: ['appends-responses', 'response-is-consumed'],
    run: (context) =>
      withServer(twoAnswers, (first) =>
        withServer([...answer(okResponse('2')), 'end'], async (second) => {
          const allowHosts = [`localhost:${first.port}`, `localhost:${second.port}`];
          const raw = await RawCalls.create(context, rulesFor(first, { allowHosts }));
          assert.equal(await raw.ask('localhost', first.port, get()), okResponse('the first'));
          assert.equal(await raw.response(), okResponse('the first'));
          assert.equal(await raw.ask('localhost', second.port, get()), okResponse('2'));
          assert.equal(await raw.exports.get_rcv_len(), okResponse('2').length);
        }),
      ),
  },
  {
    name: 'a failed request leaves the last response as it was',
    source: 'guest-abi section 2: on failed paths the previous received buffer stays',
    detects: ['failure-clears-response'],
    run: (context) =>
      withServer(twoAnswers, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        const response = await raw.ask('localhost', server.port, get());
        await assertFails(context, 'ERR_MEMORY_RANGE', () => raw.exports.send_data(-1, 1, server.port, 0, 1));
        assert.equal(await raw.response(), response);
        await assertFails(context, 'ERR_HTTPS_HOST_NOT_ALLOWED', () =>
          raw.send('nowhere.invalid', server.port, get()),
        );
        assert.equal(await raw.response(), response);
      }),
  },
  {
    name: 'a guest gets no response of another one, neither of its runtime nor of another',
    source: 'the state of a guest ends with its instance',
    upstreamDiffers: 'the guests of a runtime share the last response',
    detects: ['guests-share-state'],
    run: (context) =>
      withServer(twoAnswers, async (server) => {
        const runtime = await context.createRuntime({ plugin: rulesFor(server) });
        const first = await RawCalls.in(runtime, context);
        const others = [
          await RawCalls.in(runtime, context),
          await RawCalls.create(context, rulesFor(server)),
        ];
        await first.ask('localhost', server.port, get());
        for (const { exports } of others) {
          assert.equal(await exports.get_rcv_len(), 0);
        }
        assert.equal(await first.response(), okResponse('the first'));
      }),
  },
  {
    name: 'the module and the functions have the names of WasmEdge 0.11.0 as well',
    source: 'guest-abi section 2: the names at 0.11.0',
    upstreamDiffers: 'from 0.11.1 on it has the new names only',
    detects: ['no-old-module'],
    run: (context) =>
      withServer(twoAnswers, async (server) => {
        const runtime = await context.createRuntime({ plugin: rulesFor(server) });
        const guest = await runtime.instantiate(context.guest('old-module'));
        await guest.writeMemory(0, Buffer.from('localhost'));
        await guest.writeMemory(100, Buffer.from(get()));
        await guest.exports.send_data?.(0, 9, server.port, 100, get().length);
        const length = Number(await guest.exports.get_rcv_len?.());
        await guest.exports.get_rcv?.(1000);
        const received = Buffer.from(await guest.readMemory(1000, length)).toString('latin1');
        assert.equal(received, okResponse('the first'));
      }),
  },
];
