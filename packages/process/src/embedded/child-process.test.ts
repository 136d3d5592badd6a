import { expect, it, vi } from 'vitest';
import { runCommand } from './run-command.js';

// Hosts that this one is not.
const host = vi.hoisted(() => ({ shell: '/bin/sh', exposed: [] as number[] }));
vi.mock('node:child_process', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:child_process')>();
  const spawn = (file: string, ...rest: [never, never]) =>
    original.spawn(file === '/bin/sh' ? host.shell : file, ...rest);
  return { ...original, spawn };
});
vi.mock('@wasmedge-plugins/core', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  hideDescriptors: () => host.exposed,
}));

const run = () =>
  runCommand(
    {
      program: 'echo',
      args: ['ran'],
      env: [],
      stdin: new Uint8Array(),
      timeoutMs: 10_000,
      maxOutputBytes: 1000,
      searchPath: process.env.PATH,
    },
    { signal: new AbortController().signal },
  );

it.runIf(process.platform !== 'win32')('starts no command where there is no /bin/sh', async () => {
  host.shell = '/nowhere/sh';
  expect(await run()).toMatchObject({
    kind: 'not-started',
    reason: 'The host has no /bin/sh, which is needed to end commands with the host.',
  });
  host.shell = '/bin/sh';
  expect(await run()).toMatchObject({ kind: 'ended', exitCode: 0 });
});

it('starts no command that would get descriptors of the host', async () => {
  host.exposed = [40, 251];
  expect(await run()).toMatchObject({
    kind: 'not-started',
    reason: expect.stringMatching(/descriptors of the host: 40, 251\. .* install koffi/),
  });
  host.exposed = [];
});
