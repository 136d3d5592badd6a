import { defineModel, tensor } from '@wasmedge-plugins/wasi-nn';
import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { expect, test } from 'vitest';
import { FaultProxy } from '../conformance/servers/fault-proxy.js';
import { Triton, tritonProblem } from '../conformance/servers/triton.js';
import { kserve } from './plugin.js';
import type { KServeModel } from './source.js';

const pair = defineModel({
  inputs: { a: { type: 'f32', shape: [2] }, b: { type: 'f32', shape: [2] } },
  outputs: { sum: { type: 'f32', shape: [2] } },
});

/** Calls at a time. */
const atOnce = 16;

/** How many calls have been answered, at which something happens. */
type Events = Readonly<Record<number, () => void>>;

/** Asks for so many sums, each another one; what went wrong, at most ten of it. */
async function addUp(
  servers: readonly string[],
  count: number,
  events: Events = {},
  model: Partial<KServeModel> = {},
) {
  const plugin = kserve({ models: { road: { servers, model: 'pair', ...model } } });
  const problems: string[] = [];
  let asked = 0;
  let answered = 0;
  const work = async () => {
    using session = await plugin.session({ name: 'road', model: pair });
    while (asked < count) {
      const number = asked++;
      const a = tensor('f32', [2], Float32Array.of(number, 1));
      const b = tensor('f32', [2], Float32Array.of(number, -number));
      try {
        const { sum } = await session.runAsync({ a, b });
        const [double, rest] = sum.data;
        if (double !== 2 * number || rest !== 1 - number) problems.push(`${number}: ${sum.data.join()}`);
        events[++answered]?.();
      } catch (error) {
        problems.push(`${number}: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { answered, problems: problems.slice(0, 10) };
}

/** Computations that a server has done. */
async function computations({ http }: Triton): Promise<number> {
  const response = await fetch(`http://${http}/v2/models/pair/stats`);
  const { model_stats } = (await response.json()) as { model_stats: { inference_count: number }[] };
  return model_stats[0]?.inference_count ?? 0;
}

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, () => {
  test('of 10,000 calls none is lost or wrong when one of two servers is killed and comes back', async () => {
    await using stays = await Triton.start({ models: ['pair'] });
    await using dies = await Triton.start({ models: ['pair'] });
    let after: Promise<Triton> | undefined;
    const servers = [stays, dies].map(({ grpc }) => `grpc://${grpc}`);
    const result = await addUp(servers, 10_000, {
      2000: () => void dies.kill(),
      4000: () => {
        after = Triton.start({ models: ['pair'], ports: dies.ports });
      },
    });
    await using restarted = (await after) as Triton;
    expect(result).toEqual({ answered: 10_000, problems: [] });
    expect(await computations(stays)).toBeGreaterThan(4000);
    // It is asked again, however quick the others were before it was back.
    await expect
      .poll(
        async () => {
          await addUp(servers, 100);
          return computations(restarted);
        },
        { timeout: 60_000 },
      )
      .toBeGreaterThan(0);
  });

  test.each(['grpc', 'http'] as const)(
    'calls by %s are answered on a network that delays, cuts and resets',
    async (protocol) => {
      await using server = await Triton.start({ models: ['pair'] });
      await using proxy = await FaultProxy.start(server.ports[protocol]);
      const faults = [
        () => proxy.endAll('reset'),
        () => {
          proxy.fault = { delayMs: 1, pieceBytes: 50 };
        },
        () => proxy.endAll('cut'),
        () => {
          proxy.fault = { answerBytes: 1000 };
        },
        () => {
          proxy.fault = { answerBytes: 1500, end: 'reset' };
        },
        () => {
          proxy.fault = {};
        },
      ];
      const events = Object.fromEntries(faults.map((fault, index) => [100 * (index + 1), fault]));
      const servers = [`${protocol}://${proxy.address}`];
      const result = await addUp(servers, 1000, events, { retries: 10 });
      expect(result).toEqual({ answered: 1000, problems: [] });
      expect(proxy.accepted).toBeGreaterThan(3);
    },
  );

  test('a call that gets no answer ends with its deadline, and the next one goes on', async () => {
    await using server = await Triton.start({ models: ['pair'] });
    await using proxy = await FaultProxy.start(server.ports.grpc);
    const stall = () => {
      proxy.fault = { answerBytes: 0, end: 'stall' };
    };
    const servers = [`grpc://${proxy.address}`];
    const { answered, problems } = await addUp(servers, 100, { 50: stall }, { timeoutMs: 1000 });
    expect(answered).toBeLessThan(100);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatch(/1,?000 ms|1 s/);
    proxy.fault = {};
    expect(await addUp(servers, 100)).toEqual({ answered: 100, problems: [] });
  });
});
