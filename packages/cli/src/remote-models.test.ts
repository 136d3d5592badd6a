import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBinBeside } from './__fixtures__/run-bin.js';
import type { DoctorReport } from './doctor/doctor-report.js';

// A server of the Open Inference Protocol, by HTTP with JSON, whose one model adds two tensors.
const tensor = (name: string) => ({ name, datatype: 'FP32', shape: [2, 3] });
const answers: Readonly<Record<string, unknown>> = {
  '/v2': { name: 'adder', version: '1.2', extensions: ['model_repository'] },
  '/v2/health/ready': {},
  '/v2/repository/index': [{ name: 'add', version: '1', state: 'READY' }],
  '/v2/models/add/ready': {},
  '/v2/models/add': {
    name: 'add',
    versions: ['1'],
    platform: '',
    inputs: [tensor('a'), tensor('b')],
    outputs: [tensor('sum')],
  },
};
const server = createServer(async (request, response) => {
  const { url = '' } = request;
  const answer = url === '/v2/models/add/infer' ? await infer(request) : answers[url];
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? { error: 'there is no such thing' }));
});

async function infer(request: IncomingMessage) {
  const { inputs } = (await json(request)) as { inputs: { data: number[] }[] };
  const [a = [], b = []] = inputs.map(({ data }) => data.flat(3));
  return {
    model_name: 'add',
    outputs: [{ ...tensor('sum'), data: a.map((each, index) => each + (b[index] ?? 0)) }],
  };
}

let address = '';
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const guest = fileURLToPath(new URL('../../wasi-nn/conformance/crate-0-6.wasm', import.meta.url));

describe('run --nn-remote', () => {
  it('runs a model on a server by its name', async () => {
    const { stdout, stderr } = await runBinBeside([
      'run',
      '--nn-remote',
      `road=${address}/add`,
      guest,
      'road',
      'add',
    ]);
    expect({ stdout, stderr }).toEqual({ stdout: 'road=[1.5, 3.0, 4.5, 6.0, 7.5, 9.0]\n', stderr: '' });
  });

  it('tells with --verbose why the guest was given an error', async () => {
    const args = ['run', '--verbose', '--nn-remote', `road=${address}/add`, guest, 'rode', 'add'];
    const { stdout, stderr } = await runBinBeside(args);
    expect(stdout).toMatch(/Not Found/);
    expect(stderr).toMatch(
      /^\[wasmedge-plugins\] info: WASI-NN: .*no model named "rode"; there are: road\./m,
    );
  });

  it('refuses what names no model on a server', async () => {
    const { status, stderr } = await runBinBeside([
      'run',
      '--nn-remote',
      'road=nonsense',
      guest,
      'road',
      'add',
    ]);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/--nn-remote "road=nonsense" must be name=https:/);
  });

  it('is in the help', async () => {
    expect((await runBinBeside(['run', '--help'])).stdout).toContain('--nn-remote <model>');
  });
});

describe('doctor --nn-remote', () => {
  const doctor = async (...remotes: string[]) => {
    const args = remotes.flatMap((remote) => ['--nn-remote', remote]);
    return runBinBeside(['doctor', '--json', ...args], { env: { WASMEDGE_PLUGIN_PATH: '' } });
  };

  it('tells how each server is', async () => {
    const { stdout, status } = await doctor(
      `road=${address}/add`,
      `other=${address}/sub@2`,
      'off=grpc://127.0.0.1:1/add',
    );
    const { servers } = JSON.parse(stdout) as DoctorReport;
    const about = {
      address,
      isReady: true,
      software: 'adder 1.2',
      extensions: ['model_repository'],
      models: ['add'],
    };
    expect(servers).toEqual([
      { name: 'road', ...about },
      { name: 'other', ...about, problem: `${address} does not have the model sub, version 2, ready.` },
      { name: 'off', address: 'grpc://127.0.0.1:1', problem: expect.stringMatching(/cannot be reached/) },
    ]);
    expect(status).toBe(1);
  });

  it('shows it on the screen', async () => {
    const { stdout } = await runBinBeside(['doctor', '--nn-remote', `road=${address}/add`]);
    expect(stdout).toContain(
      `Servers that were named:\n  road: ${address}: ready, adder 1.2\n  models: add\n`,
    );
  });
});
