import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { expect, it, vi } from 'vitest';
import { GGMLGuest, greedy } from '../../conformance/ggml-guest.js';
import { continued, modelBytes, modelUrl } from '../../conformance/models.js';
import { childProcesses, isRunning, residentBytes } from '../__fixtures__/child-processes.js';
import { describeWithLibrary } from '../__fixtures__/describe-with-library.js';
import { ggml } from '../plugin.js';

const isLinux = existsSync('/proc/self/task');
const plugins = [ggml({ models: { default: { file: modelUrl } } })];
const gone = (pid: number) => vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });

/** The only process of llama.cpp that this one has. */
function llamaProcess(): number {
  const [pid, ...others] = childProcesses();
  if (pid === undefined || others.length > 0) throw new Error('There is not one process.');
  return pid;
}

await describeWithLibrary(() => {
  it.runIf(isLinux)('a crash of llama.cpp is runtime_error, and the model can be loaded again', async () => {
    const lines: string[] = [];
    const runtime = await createRuntime({ plugins, logger: (_, line) => lines.push(line) });
    const guest = await GGMLGuest.in(inlineCaseRuntime(runtime));
    const execution = await guest.open();
    expect(await guest.answer(execution, 'The sea')).toBe(continued('The sea').text);
    const pid = llamaProcess();
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    expect(await guest.compute(execution)).toBe(5);
    // Also where it ended before it was asked.
    expect(lines.at(-1)).toMatch(/ended by SIGKILL; load the model again/);
    expect((await guest.loadByName('default')).errno).toBe(0);
    const again = await guest.open();
    expect(await guest.answer(again, 'The sea')).toBe(continued('The sea').text);
    const next = llamaProcess();
    runtime[Symbol.dispose]();
    await gone(next);
  });

  it.runIf(isLinux)('a model on which llama.cpp crashes leaves no file behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ggml-crash-'));
    vi.stubEnv('TMPDIR', folder);
    // The vocabulary has no token for the end of a line, which llama.cpp takes for granted.
    const file = modelBytes();
    file[Buffer.from(file.buffer).indexOf('<0x0A>') + 3] = 'W'.charCodeAt(0);
    await expect(ggml().session({ file })).rejects.toThrow(/ended by SIGABRT/);
    expect(readdirSync(folder)).toEqual([]);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('spreads memory as the first model says, and tells of another wish', async () => {
    const lines: string[] = [];
    using runtime = await createRuntime({ plugins, logger: (_, line) => lines.push(line) });
    const guest = await GGMLGuest.in(inlineCaseRuntime(runtime));
    const execution = await guest.open({ ...greedy, numa: 1 });
    expect(await guest.answer(execution, 'The sea')).toBe(continued('The sea').text);
    expect(await guest.options(execution, { numa: 1 })).toBe(0);
    expect(lines.filter((line) => line.includes('numa'))).toEqual([]);
    for (const _ of [1, 2]) expect(await guest.options(execution, { numa: 0 })).toBe(0);
    expect(lines.filter((line) => line.includes('numa'))).toEqual([
      expect.stringMatching(/"numa" has no effect here; that of the first model holds/),
    ]);
  });

  it.runIf(isLinux)(
    'loading and unloading over and over holds no more memory',
    async () => {
      using runtime = await createRuntime({ plugins, logger: () => {} });
      const guest = await GGMLGuest.in(inlineCaseRuntime(runtime));
      const rounds = process.env.WASMEDGE_SLOW_TESTS === 'on' ? 1000 : 40;
      const load = async (count: number) => {
        for (let round = 0; round < count; round++) {
          // With options of its own, a guest loads the model each time.
          const { errno, graph } = await guest.loadByName('default', greedy);
          expect(errno).toBe(0);
          await guest.createContext(graph);
          expect(await guest.raw.exports.unload(graph)).toBe(0);
        }
      };
      await load(20);
      const [before, host] = [residentBytes(llamaProcess()), process.memoryUsage().rss];
      await load(rounds);
      expect(residentBytes(llamaProcess()) - before).toBeLessThan(40_000_000);
      expect(process.memoryUsage().rss - host).toBeLessThan(80_000_000);
    },
    300_000,
  );

  it.runIf(isLinux)('a time limit ends what llama.cpp computes', async () => {
    await using runtime = await createRuntime({ plugins, placement: 'worker', logger: () => {} });
    const options = { 'ignore-eos': true, 'ctx-size': 4096, threads: 1, temp: 0 };
    const guest = fileURLToPath(new URL('../../conformance/wasmedge-wasi-nn-guest.wasm', import.meta.url));
    const args = ['default', JSON.stringify(options), 'whole', 'The sea'];
    const run = runtime.run(guest, { args, timeoutMs: 4000, stdout: 'ignore' });
    const pid = await vi.waitFor(llamaProcess, { timeout: 4000 });
    await expect(run).rejects.toMatchObject({ code: 'ERR_GUEST_TIMEOUT' });
    await gone(pid);
  });

  // A guest waits in its thread while it computes, and no other has its models: what is left to end them meanwhile is the host.
  it.runIf(isLinux)('disposing a runtime ends what llama.cpp computes for its guest', async () => {
    const runtime = await createRuntime({ plugins, placement: 'worker', logger: () => {} });
    const options = { 'ignore-eos': true, 'ctx-size': 4096, threads: 1, temp: 0 };
    const guest = fileURLToPath(new URL('../../conformance/wasmedge-wasi-nn-guest.wasm', import.meta.url));
    const args = ['default', JSON.stringify(options), 'whole', 'The sea'];
    const ended = expect(runtime.run(guest, { args, stdout: 'ignore' })).rejects.toMatchObject({
      code: 'ERR_DISPOSED',
    });
    const pid = await vi.waitFor(llamaProcess, { timeout: 10_000 });
    await runtime[Symbol.asyncDispose]();
    await ended;
    await gone(pid);
  });

  it.runIf(isLinux)('no process is left behind when the host is killed', async () => {
    const program = fileURLToPath(new URL('../__fixtures__/session-program.mjs', import.meta.url));
    const host: ChildProcess = fork(program, [modelUrl.href], { execArgv: [] });
    await once(host, 'message');
    const [pid = 0] = childProcesses(host.pid);
    expect(isRunning(pid)).toBe(true);
    host.kill('SIGKILL');
    await gone(pid);
  });
});
