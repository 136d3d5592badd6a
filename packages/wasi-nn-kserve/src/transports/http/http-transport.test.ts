import { afterEach, describe, expect, test, vi } from 'vitest';
import { callOptions, transportOptions } from '../../__fixtures__/call-options.js';
import {
  answerBinary,
  answerJson,
  type FakeRequest,
  startHttpServer,
} from '../../__fixtures__/http-server.js';
import type { InferInput, InferRequest } from '../../protocol/messages.js';
import { openTransport } from '../open-transport.js';

const binaryServer = { name: 'triton', version: '1', extensions: ['binary_tensor_data'] };
const jsonServer = { name: 'mlserver', version: '1', extensions: [] };

const floats = new Uint8Array(new Float32Array([1.5, -0]).buffer);

function request(inputs: readonly InferInput[], more: Partial<InferRequest> = {}): InferRequest {
  return { model: { name: 'a b', version: '3' }, id: 'one', parameters: {}, inputs, outputs: [], ...more };
}

const input: InferInput = { name: 'x', dataType: 'FP32', shape: [2], data: floats };

/** A server with these extensions; inferences are answered as the test says. */
async function startServer(metadata: object, answer: (request: FakeRequest) => void) {
  const requests: FakeRequest[] = [];
  const server = await startHttpServer((request) => {
    requests.push(request);
    if (request.request.url === '/v2') answerJson(request.response, metadata);
    else answer(request);
  });
  return Object.assign(server, { requests });
}

afterEach(() => vi.unstubAllEnvs());

describe('inferences', () => {
  test('go in binary form where the server has the extension', async () => {
    await using server = await startServer(binaryServer, ({ response }) =>
      answerBinary(
        response,
        {
          model_name: 'a b',
          model_version: '3',
          outputs: [{ name: 'y', datatype: 'FP32', shape: [2], parameters: { binary_data_size: 8 } }],
        },
        [floats],
      ),
    );
    const transport = openTransport(server.address, transportOptions);
    const parameters = { big: 9_007_199_254_740_993n, on: true };
    const answer = await transport.infer(request([input], { parameters }), callOptions());
    expect(answer.outputs).toEqual([{ name: 'y', dataType: 'FP32', shape: [2], data: Buffer.from(floats) }]);
    const { request: sent, body } = server.requests[1] as FakeRequest;
    expect(sent.url).toBe('/v2/models/a%20b/versions/3/infer');
    expect(sent.headers).toMatchObject({ 'accept-encoding': 'identity' });
    const jsonBytes = Number(sent.headers['inference-header-content-length']);
    expect(body.toString('utf8', 0, jsonBytes)).toBe(
      '{"id":"one","parameters":{"big":9007199254740993,"on":true,"binary_data_output":true},' +
        '"inputs":[{"name":"x","datatype":"FP32","shape":[2],"parameters":{"binary_data_size":8}}]}',
    );
    expect(body.subarray(jsonBytes)).toEqual(Buffer.from(floats));
    transport.close();
  });

  test('go as JSON otherwise, and the extensions are asked for once', async () => {
    await using server = await startServer(jsonServer, ({ response }) =>
      answerJson(response, '{"outputs":[{"data":[[1],[2]],"shape":[2,1],"datatype":"INT64","name":"y"}]}'),
    );
    const transport = openTransport(server.address, transportOptions);
    for (let round = 0; round < 2; round += 1) {
      const { outputs } = await transport.infer(
        request([input], { outputs: [{ name: 'y' }] }),
        callOptions(),
      );
      expect(outputs[0]?.data).toEqual(Buffer.from(new BigInt64Array([1n, 2n]).buffer));
    }
    expect(server.requests.map(({ request: { url } }) => url)).toEqual([
      '/v2',
      '/v2/models/a%20b/versions/3/infer',
      '/v2/models/a%20b/versions/3/infer',
    ]);
    expect(server.requests[1]?.body.toString()).toBe(
      '{"id":"one","inputs":[{"name":"x","datatype":"FP32","shape":[2],"data":[1.5,-0.0]}],"outputs":[{"name":"y"}]}',
    );
    transport.close();
  });

  test.each([
    ['FP16', new Uint8Array(4), 'is FP16, which JSON cannot have'],
    ['BF16', new Uint8Array(4), 'is BF16, which JSON cannot have'],
    ['FP32', new Uint8Array(new Float32Array([1, Number.NaN]).buffer), 'has the element NaN'],
    [
      'FP64',
      new Uint8Array(new Float64Array([1, Number.NEGATIVE_INFINITY]).buffer),
      'has the element -Infinity',
    ],
    ['BYTES', Buffer.from([1, 0, 0, 0, 0x41, 1, 0, 0, 0, 0xff]), 'not UTF-8'],
  ] as const)('%s that JSON cannot have is not sent', async (dataType, data, words) => {
    await using server = await startServer(jsonServer, ({ response }) => answerJson(response, {}));
    const transport = openTransport(server.address, transportOptions);
    await expect(
      transport.infer(request([{ ...input, dataType, data }]), callOptions()),
    ).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(words) });
    expect(server.requests).toHaveLength(1);
    transport.close();
  });
});

describe('what is asked besides inferences', () => {
  test('readiness, metadata, the repository', async () => {
    await using server = await startServer(binaryServer, ({ request: { url }, response }) => {
      if (url === '/v2/health/ready') response.end();
      else if (url === '/v2/models/m/ready') answerJson(response, { error: 'Model version not ready' }, 400);
      else if (url === '/v2/models/nope/ready') answerJson(response, { error: 'Model nope not found' }, 404);
      else if (url === '/v2/models/m') {
        answerJson(response, {
          name: 'm',
          versions: ['1'],
          platform: 'python',
          inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 2] }],
          outputs: null,
        });
      } else answerJson(response, [{ name: 'm', version: '1', state: 'READY', reason: '' }]);
    });
    const transport = openTransport(`${server.address}/`, transportOptions);
    expect(await transport.isReady(callOptions())).toBe(true);
    expect(await transport.isModelReady({ name: 'm' }, callOptions())).toBe(false);
    await expect(transport.isModelReady({ name: 'nope' }, callOptions())).rejects.toMatchObject({
      kind: 'not-found',
      message: `${server.address} answered HTTP 404: Model nope not found.`,
    });
    expect(await transport.serverMetadata(callOptions())).toEqual(binaryServer);
    expect(await transport.modelMetadata({ name: 'm' }, callOptions())).toEqual({
      name: 'm',
      versions: ['1'],
      platform: 'python',
      inputs: [{ name: 'x', dataType: 'FP32', shape: [-1, 2] }],
      outputs: [],
    });
    expect(await transport.repositoryIndex(callOptions())).toEqual([
      { name: 'm', version: '1', state: 'READY' },
    ]);
    transport.close();
  });

  test('a prefix of the address stands before each path', async () => {
    const urls: (string | undefined)[] = [];
    await using server = await startHttpServer(({ request: { url }, response }) => {
      urls.push(url);
      response.end();
    });
    const transport = openTransport(`${server.address}/team/models/`, transportOptions);
    expect(await transport.isLive(callOptions())).toBe(true);
    expect(urls).toEqual(['/team/models/v2/health/live']);
    transport.close();
  });

  test('a proxy that the environment names is not asked', async () => {
    await using server = await startServer(binaryServer, () => {});
    for (const name of ['http_proxy', 'HTTP_PROXY', 'ALL_PROXY']) vi.stubEnv(name, 'http://127.0.0.1:1');
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    const transport = openTransport(server.address, transportOptions);
    expect(await transport.serverMetadata(callOptions())).toEqual(binaryServer);
    transport.close();
  });
});

test('an aborted call fails with the reason, and its connection ends', async () => {
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let ended = () => {};
  const hasEnded = new Promise<void>((resolve) => {
    ended = resolve;
  });
  await using server = await startServer(binaryServer, ({ request: { socket } }) => {
    socket.on('close', ended);
    begun();
  });
  const transport = openTransport(server.address, transportOptions);
  const controller = new AbortController();
  const call = transport.infer(request([input]), callOptions({ signal: controller.signal }));
  await hasBegun;
  controller.abort(new Error('enough'));
  await expect(call).rejects.toThrow('enough');
  await hasEnded;
  transport.close();
});
