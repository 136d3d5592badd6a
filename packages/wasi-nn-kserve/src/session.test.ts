import { once } from 'node:events';
import { constants } from 'node:http2';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { defineModel, tensor, tensorBytes } from '@wasmedge-plugins/wasi-nn';
import { describe, expect, it } from 'vitest';
import { type FakeModel, startModelServer, type WireTensor } from './__fixtures__/model-server.js';
import { kserve } from './plugin.js';
import type { KServeModel } from './source.js';

const floats = (...values: number[]) => new Uint8Array(new Float32Array(values).buffer);
const x = tensor('f32', [2], Float32Array.of(1, 2));
const info = (name: string, dataType: string, shape: readonly number[]) => ({ name, dataType, shape });
const echo = { inputs: [info('x', 'FP32', [2])], outputs: [info('x', 'FP32', [2])] };

/** A plug-in with a model on a fake server. */
async function open(fake: FakeModel, model: Partial<KServeModel> = {}) {
  const server = await startModelServer(fake);
  const road = { servers: [server.address], model: 'road-net', retries: 0, ...model };
  return {
    server,
    plugin: kserve({ models: { road } }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('a session', () => {
  it('sends its inputs, and gives the outputs with the types of its definition', async () => {
    const metadata = {
      inputs: [info('a', 'FP32', [-1, 2]), info('b', 'INT64', [1])],
      outputs: [info('sum', 'FP32', [-1, 2]), info('n', 'INT64', [1])],
    };
    await using opened = await open(
      {
        metadata,
        infer: ({ inputs: [a, b] }) => [
          { ...(b as WireTensor), name: 'n' },
          { ...(a as WireTensor), name: 'sum' },
        ],
      },
      { version: '3', parameters: { priority: 2, exact: true, note: 'x', share: 0.5 } },
    );
    const { server, plugin } = opened;
    const model = defineModel({
      inputs: { a: { type: 'f32', shape: [-1, 2] }, b: { type: 'i64', shape: [1] } },
      outputs: { n: { type: 'i64', shape: [1] }, sum: { type: 'f32', shape: [-1, 2] } },
    });
    using session = await plugin.session({ name: 'road', model });
    expect(session.inputs?.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'f32'],
      ['b', 'i64'],
    ]);
    const a = tensor('f32', [1, 2], Float32Array.of(1.5, 2));
    const { n, sum } = await session.runAsync({ a, b: tensor('i64', [1], BigInt64Array.of(7n)) });
    expect([n.data, sum.data, sum.shape]).toEqual([BigInt64Array.of(7n), Float32Array.of(1.5, 2), [1, 2]]);
    expect(server.inferences).toMatchObject([
      {
        model: 'road-net',
        version: '3',
        id: expect.stringMatching(/^[0-9a-f]{12}-\d+$/),
        parameters: { priority: 2, exact: true, note: 'x', share: 0.5 },
        inputs: [info('a', 'FP32', [1, 2]), info('b', 'INT64', [1])],
        outputs: ['sum', 'n'],
      },
    ]);
  });

  it('keeps large inputs and outputs apart, of calls one after another and at once, and copies no outputs', async () => {
    await using opened = await open({
      metadata: { inputs: [info('x', 'FP32', [-1])], outputs: [info('x', 'FP32', [-1])] },
    });
    using session = await opened.plugin.session({ name: 'road' });
    const given = tensor('f32', [100_000], new Float32Array(100_000));
    const ask = (value: number) => {
      given.data.fill(value);
      return session.runAsync({ x: given });
    };
    const answers = [
      await ask(1),
      await ask(2),
      ...(await Promise.all([ask(3), ask(4), ask(5)])),
      await ask(6),
    ];
    given.data.fill(0);
    answers.forEach(({ x: output }, index) => {
      expect(output?.data).toEqual(new Float32Array(100_000).fill(index + 1));
      expect(output?.data.buffer).not.toHaveProperty('byteLength', output?.data.byteLength);
    });
  });

  it('asks for the metadata once, and checks inputs before anything is sent', async () => {
    await using opened = await open({ metadata: echo });
    const { server, plugin } = opened;
    using session = await plugin.session({ name: 'road' });
    for (let round = 0; round < 3; round++) await session.runAsync({ x });
    const wrong = async (given: Parameters<typeof session.runAsync>[0], message: RegExp) => {
      await expect(session.runAsync(given)).rejects.toThrow(message);
    };
    await wrong({ x: tensor('f32', [3], new Float32Array(3)) }, /x takes the shape \[2\], not \[3\]/);
    await wrong({ x: tensor('i32', [2], new Int32Array(2)) }, /takes elements of type f32, not i32/);
    await wrong({ y: x }, /no input y; it has: x/);
    await wrong({}, /The input x is missing/);
    const methods = server.calls.map(({ method }) => method);
    expect(methods.filter((method) => method === 'ModelMetadata')).toHaveLength(1);
    expect(server.inferences).toHaveLength(3);
  });

  it('that is disposed while it computes has the server told, and is refused', async () => {
    let cancelled: Promise<unknown> = Promise.resolve();
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const infer: FakeModel['infer'] = ({ stream }) => {
      cancelled = once(stream, 'close').then(() => stream.rstCode);
      arrived();
      return 'never';
    };
    await using opened = await open({ metadata: echo, infer });
    const session = await opened.plugin.session({ name: 'road' });
    const running = session.runAsync({ x });
    running.catch(() => {});
    await arrival;
    session[Symbol.dispose]();
    await expect(running).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
    expect(await cancelled).toBe(constants.NGHTTP2_CANCEL);
  });

  it('has no run() that waits in this thread', async () => {
    await using opened = await open({ metadata: echo });
    using session = await opened.plugin.session({ name: 'road' });
    const { run } = session as unknown as { run: (inputs: object) => unknown };
    expect(() => run.call(session, { x })).toThrow(/use runAsync/);
  });

  it('shares its connection with others', async () => {
    await using opened = await open({ metadata: echo });
    const sessions = await Promise.all(
      Array.from({ length: 8 }, () => opened.plugin.session({ name: 'road' })),
    );
    await Promise.all(sessions.map((session) => session.runAsync({ x })));
    const used = new Set(opened.server.calls.map(({ stream }) => stream.session));
    expect(used.size).toBe(1);
    for (const session of sessions) session[Symbol.dispose]();
  });

  it('is refused for a name that the plug-in does not have', async () => {
    await using opened = await open({ metadata: echo });
    const opening = opened.plugin.session({ name: 'raod' as 'road' });
    await expect(opening).rejects.toThrow(InvalidArgumentError);
  });
});

describe('what the host states', () => {
  it('gives the order, and leaves out outputs', async () => {
    const metadata = {
      inputs: [info('a', 'FP32', [2]), info('b', 'FP32', [2])],
      outputs: [info('secret', 'FP32', [2]), info('b', 'FP32', [2])],
    };
    const stated = { inputs: [{ name: 'b' }, { name: 'a' }], outputs: [{ name: 'b' }] };
    await using opened = await open({ metadata }, stated);
    using session = await opened.plugin.session({ name: 'road' });
    const outputs = await session.runAsync([tensor('f32', [2], Float32Array.of(5, 6)), x]);
    expect(Object.entries(outputs).map(([name, { data }]) => [name, data])).toEqual([
      ['b', Float32Array.of(5, 6)],
    ]);
    expect(opened.server.inferences[0]?.inputs.map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('is enough where the server says nothing', async () => {
    const stated = [{ name: 'x', dataType: 'FP32' }] as const;
    await using opened = await open({}, { inputs: stated, outputs: stated });
    using session = await opened.plugin.session({ name: 'road' });
    expect((await session.runAsync({ x })).x?.data).toEqual(x.data);
  });

  it.each<[string, FakeModel['metadata'], Partial<KServeModel>, RegExp]>([
    [
      'neither says what the inputs are',
      {},
      {},
      /does not say what its inputs are; state them as models\.road\.inputs/,
    ],
    [
      'a data type is missing',
      {},
      { inputs: [{ name: 'x' }] },
      /state the dataType of models\.road\.inputs\.x/,
    ],
    ['the server has no such output', echo, { outputs: [{ name: 'y' }] }, /has no output y; it has: x/],
    [
      'the data types differ',
      echo,
      { inputs: [{ name: 'x', dataType: 'INT8' }] },
      /stated to be INT8, but is FP32/,
    ],
    [
      'the shapes differ',
      echo,
      { inputs: [{ name: 'x', shape: [-1, 2] }] },
      /stated to have the shape \[-1, 2\]/,
    ],
    ['a data type is unknown', { ...echo, inputs: [info('x', 'FP8', [2])] }, {}, /x is FP8 on the server/],
    [
      'two have one name',
      { ...echo, outputs: [...echo.outputs, ...echo.outputs] },
      {},
      /two of its outputs x/,
    ],
    [
      'a name would be several lines of a log',
      { ...echo, inputs: [info('x\nerror: y', 'FP32', [2])] },
      {},
      /control characters in a name of its inputs, x\\x0aerror: y\.$/,
    ],
    [
      'the names are long and many',
      {
        ...echo,
        inputs: Array.from({ length: 22 }, (_, index) => info('n'.repeat(9000) + index, 'FP32', [])),
      },
      { inputs: [{ name: 'x' }] },
      /^.{1,3000}, 2 more\.$/,
    ],
  ])('refuses the model when %s', async (_, metadata, model, message) => {
    await using opened = await open(metadata === undefined ? {} : { metadata }, model);
    const opening = opened.plugin.session({ name: 'road' });
    await expect(opening).rejects.toMatchObject({ code: 'ERR_NN', message: expect.stringMatching(message) });
    expect(opened.server.inferences).toEqual([]);
  });
});

describe('a server that lies', () => {
  const right = { name: 'x', dataType: 'FP32', shape: [2], data: floats(1, 2) };
  it.each<[string, readonly WireTensor[], RegExp]>([
    [
      'another data type',
      [{ ...right, dataType: 'INT32' }],
      /x of the server is INT32, but the model's is FP32/,
    ],
    [
      'another shape',
      [{ ...right, shape: [1], data: floats(1) }],
      /has the shape \[1\], but the model's is \[2\]/,
    ],
    ['no such output', [{ ...right, name: 'y' }], /the output x not/],
    ['an output twice', [right, right], /the output x several times/],
    ['nothing', [], /the output x not/],
  ])('with %s ends the computation, and what was before is gone', async (_, outputs, message) => {
    let answers = 0;
    const infer = () => (answers++ === 0 ? [right] : outputs);
    await using opened = await open({ metadata: echo, infer });
    using session = await opened.plugin.session({ name: 'road' });
    await session.runAsync({ x });
    await expect(session.runAsync({ x })).rejects.toMatchObject({
      errnoName: 'runtime_error',
      message: expect.stringMatching(message),
    });
  });

  it('with more than was asked for gives no more', async () => {
    const infer = () => [right, { ...right, name: 'more' }];
    await using opened = await open({ metadata: echo, infer });
    using session = await opened.plugin.session({ name: 'road' });
    expect(Object.keys(await session.runAsync({ x }))).toEqual(['x']);
  });
});

describe('credentials', () => {
  it('are asked for anew for each request, also later', async () => {
    let count = 0;
    const later = async () => ({ Authorization: `Bearer ${++count}` });
    // Promises of other libraries are promises too.
    const credentials = () => {
      const promise = later();
      // biome-ignore lint/suspicious/noThenProperty: it is meant to be a promise
      return { then: promise.then.bind(promise) } as ReturnType<typeof later>;
    };
    await using opened = await open({ metadata: echo }, { credentials });
    using session = await opened.plugin.session({ name: 'road' });
    await session.runAsync({ x });
    await session.runAsync({ x });
    const sent = opened.server.calls.map(({ method, headers }) => [method, headers.authorization]);
    expect(sent.filter(([method]) => method === 'ModelInfer')).toEqual([
      ['ModelInfer', 'Bearer 2'],
      ['ModelInfer', 'Bearer 3'],
    ]);
    expect(sent.find(([method]) => method === 'ModelMetadata')?.[1]).toBe('Bearer 1');
  });

  it('that a server names its inputs after are in no message', async () => {
    const metadata = { ...echo, inputs: [info('Bearer hunter2hunter2', 'FP8', [2])] };
    const credentials = () => ({ authorization: 'Bearer hunter2hunter2' });
    await using opened = await open({ metadata }, { credentials });
    await expect(opened.plugin.session({ name: 'road' })).rejects.toThrow('Bearer [removed] is FP8');
  });

  it('that do not come are waited for no longer than an inference', async () => {
    let count = 0;
    const credentials = () => (count++ === 0 ? {} : new Promise<never>(() => {}));
    await using opened = await open({ metadata: echo }, { credentials, timeoutMs: 10 });
    using session = await opened.plugin.session({ name: 'road' });
    const message = /credentials of models\.road has not returned headers within 10 ms/;
    await expect(session.runAsync({ x })).rejects.toThrow(message);
    await expect(opened.plugin.session({ name: 'road' })).rejects.toThrow(message);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('hunter2');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('hunter2');
      },
    ],
    ['returns a text', () => 'hunter2'],
    ['returns a list', () => ['hunter2']],
    ['returns no texts', () => ({ authorization: 5 })],
    ['returns a line break', () => ({ authorization: 'hunter2\r\nx: y' })],
    ['returns a header of the connection', () => ({ 'content-length': 'hunter2' })],
  ])('that a function %s are an error without them', async (_, credentials) => {
    await using opened = await open(
      { metadata: echo },
      { credentials: credentials as NonNullable<KServeModel['credentials']>, readyTimeoutMs: 0 },
    );
    const error: Error = await opened.plugin.session({ name: 'road' }).then(
      () => {
        throw new Error('it has not failed');
      },
      (thrown) => thrown,
    );
    expect(error.message).toMatch(/credentials/);
    expect(error.message).not.toContain('hunter2');
    expect(opened.server.calls.length).toBe(0);
  });
});

it('has every data type in its own form', async () => {
  const of = (name: string, given: ReturnType<typeof tensor>, shape: readonly number[], output = given) => ({
    name,
    given,
    shape,
    output,
  });
  const bytes = (...values: number[]) => Uint8Array.from(values);
  const all = [
    of('BOOL', tensor('u8', [2], bytes(1, 0)), [2], tensor('bool', [2], bytes(1, 0))),
    of('UINT8', tensor('u8', [2], bytes(255, 0)), [2]),
    of('UINT16', tensor('u8', [1, 2], bytes(0x34, 0x12)), [1]),
    of('UINT32', tensor('i32', [1], Int32Array.of(-1)), [1]),
    of('UINT64', tensor('i64', [1], BigInt64Array.of(-1n)), [1]),
    of('INT8', tensor('u8', [1], bytes(255)), [1], tensor('i8', [1], Int8Array.of(-1))),
    of('INT16', tensor('u8', [1, 2], bytes(0xff, 0xff)), [1]),
    of('INT32', tensor('i32', [1], Int32Array.of(5)), [1]),
    of('INT64', tensor('i64', [1], BigInt64Array.of(5n)), [1]),
    of('FP16', tensor('f16', [1], Uint16Array.of(0x3c00)), [1]),
    of('BF16', tensor('f16', [1], Uint16Array.of(0x3f80)), [1], tensor('u8', [1, 2], bytes(0x80, 0x3f))),
    of('FP32', tensor('f32', [1], Float32Array.of(0.5)), [1]),
    of('FP64', tensor('f64', [1], Float64Array.of(0.1)), [1]),
    of('BYTES', tensor('u8', [11], bytes(2, 0, 0, 0, 104, 105, 1, 0, 0, 0, 33)), [2, 1]),
  ];
  const infos = all.map(({ name, shape }) => info(name, name, name === 'BYTES' ? [-1, 1] : shape));
  await using opened = await open({ metadata: { inputs: infos, outputs: infos } });
  using session = await opened.plugin.session({ name: 'road' });
  const outputs = await session.runAsync(Object.fromEntries(all.map(({ name, given }) => [name, given])));
  for (const { name, output } of all) {
    const { type, shape, data } = outputs[name] ?? {};
    expect([name, type, shape]).toEqual([name, output.type, output.shape]);
    expect(data).toEqual(output.data);
  }
  for (const [index, sent] of (opened.server.inferences[0]?.inputs ?? []).entries()) {
    const { name, shape, given } = all[index] as (typeof all)[number];
    expect([sent.name, sent.dataType, sent.shape]).toEqual([name, name, shape]);
    expect(new Uint8Array(sent.data)).toEqual(new Uint8Array(tensorBytes(given)));
  }
});
