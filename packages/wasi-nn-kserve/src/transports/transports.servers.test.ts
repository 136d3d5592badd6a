import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { expect, test } from 'vitest';
import { mlServerProblem } from '../../conformance/servers/ml-server.js';
import { sharedServer } from '../../conformance/servers/shared-server.js';
import { tritonProblem } from '../../conformance/servers/triton.js';
import { callOptions, transportOptions } from '../__fixtures__/call-options.js';
import { typeInputs } from '../__fixtures__/type-inputs.js';
import type { DataType } from '../protocol/data-type.js';
import type { InferInput } from '../protocol/messages.js';
import { openTransport } from './open-transport.js';
import type { Transport } from './transport.js';

async function connect(server: 'triton' | 'mlserver', protocol: 'grpc' | 'http'): Promise<Transport> {
  return openTransport(`${protocol}://${(await sharedServer(server))[protocol]}`, transportOptions);
}

/** The types give back what they got, each in its own output. */
async function expectEcho(transport: Transport, inputs: readonly InferInput[]): Promise<void> {
  const outputs = inputs.map(({ name }) => ({ name: name.replace('in_', 'out_') }));
  const answer = await transport.infer(
    { model: { name: 'types' }, id: 'types', parameters: {}, inputs, outputs },
    callOptions(),
  );
  const got = Object.fromEntries(answer.outputs.map((output) => [output.name, output]));
  for (const { name, dataType, shape, data } of inputs) {
    const output = got[name.replace('in_', 'out_')];
    expect([output?.dataType, output?.shape]).toEqual([dataType, shape]);
    expect(Buffer.from(output?.data ?? []), name).toEqual(Buffer.from(data as Uint8Array));
  }
}

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, () => {
  test.each(['grpc', 'http'] as const)('by %s: what it tells of itself and its models', async (protocol) => {
    const transport = await connect('triton', protocol);
    expect(await transport.isLive(callOptions())).toBe(true);
    expect(await transport.isReady(callOptions())).toBe(true);
    expect(await transport.isModelReady({ name: 'add' }, callOptions())).toBe(true);
    expect(await transport.serverMetadata(callOptions())).toMatchObject({
      name: 'triton',
      version: '2.51.0',
      extensions: expect.arrayContaining(['binary_tensor_data', 'system_shared_memory']),
    });
    expect(await transport.modelMetadata({ name: 'identity', version: '1' }, callOptions())).toEqual({
      name: 'identity',
      versions: ['1'],
      platform: 'python',
      inputs: [{ name: 'x', dataType: 'FP32', shape: [-1, 3, 224, 224] }],
      outputs: [{ name: 'y', dataType: 'FP32', shape: [-1, 3, 224, 224] }],
    });
    expect(await transport.repositoryIndex(callOptions())).toContainEqual({
      name: 'add',
      version: '1',
      state: 'READY',
    });
    transport.close();
  });

  test.each(['grpc', 'http'] as const)(
    'by %s: tensors of every type come back bit by bit',
    async (protocol) => {
      const transport = await connect('triton', protocol);
      await expectEcho(transport, typeInputs);
      transport.close();
    },
  );

  test.each(['grpc', 'http'] as const)('by %s: a large tensor, many at a time', async (protocol) => {
    const transport = await connect('triton', protocol);
    const data = new Uint8Array(Float32Array.from({ length: 150_528 }, (_, index) => index).buffer);
    const request = {
      model: { name: 'identity' },
      id: 'large',
      parameters: {},
      inputs: [{ name: 'x', dataType: 'FP32' as const, shape: [1, 3, 224, 224], data }],
      outputs: [],
    };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => transport.infer(request, callOptions())),
    );
    for (const { outputs } of answers)
      expect(Buffer.from(data).equals(outputs[0]?.data ?? Buffer.alloc(0))).toBe(true);
    transport.close();
  });

  test.each(['grpc', 'http'] as const)('by %s: its refusals', async (protocol) => {
    const transport = await connect('triton', protocol);
    const input = { name: 'a', dataType: 'FP32', shape: [2], data: new Uint8Array(8) } as const;
    const call = (model: string, inputs: readonly InferInput[]) =>
      transport.infer(
        { model: { name: model }, id: '7', parameters: {}, inputs, outputs: [] },
        callOptions(),
      );
    await expect(call('nope', [input])).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining("unknown model: 'nope' is not found"),
    });
    await expect(call('pair', [input])).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('expected 2 inputs but got 1 inputs'),
    });
    await expect(call('fail', [input, { ...input, name: 'b' }])).rejects.toMatchObject({ kind: 'failed' });
    await expect(transport.isModelReady({ name: 'late' }, callOptions())).resolves.toBe(false);
    transport.close();
  });
});

await describeWith('MLServer', { name: 'mlserver', problem: mlServerProblem }, () => {
  const echoes = {
    'echo-f32': new Float32Array([0.1, -0, 3.402_823_5e38, 1e-45]),
    'echo-f64': new Float64Array([0.1, -0, 1.797_693_134_862_315_7e308, 5e-324]),
    'echo-u8': new Uint8Array([0, 1, 127, 255]),
    'echo-i32': new Int32Array([0, -1, -2_147_483_648, 2_147_483_647]),
    'echo-i64': new BigInt64Array([0n, -1n, 9_007_199_254_740_993n, -9_223_372_036_854_775_808n]),
  };

  test.each(['grpc', 'http'] as const)('by %s: tensors come back bit by bit', async (protocol) => {
    const transport = await connect('mlserver', protocol);
    expect(await transport.isReady(callOptions())).toBe(true);
    for (const [name, elements] of Object.entries(echoes)) {
      expect(await transport.isModelReady({ name }, callOptions())).toBe(true);
      const {
        inputs: [input],
      } = await transport.modelMetadata({ name }, callOptions());
      const dataType = input?.dataType as DataType;
      const data = new Uint8Array(elements.buffer);
      const { outputs } = await transport.infer(
        {
          model: { name },
          id: 'echo',
          parameters: {},
          inputs: [{ name: 'x', dataType, shape: [4], data }],
          outputs: [],
        },
        callOptions(),
      );
      expect(outputs, name).toEqual([{ name: 'y', dataType, shape: [4], data: Buffer.from(data) }]);
    }
    transport.close();
  });

  test.each([
    ['grpc', 'Model nope with version  not found'],
    ['http', 'Model nope not found'],
  ] as const)('by %s: a model that it does not have', async (protocol, words) => {
    const transport = await connect('mlserver', protocol);
    await expect(transport.modelMetadata({ name: 'nope' }, callOptions())).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining(words),
    });
    transport.close();
  });
});
