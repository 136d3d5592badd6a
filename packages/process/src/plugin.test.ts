import { createRuntime, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { suite } from '../conformance/suite.js';
import { processPlugin } from './plugin.js';

describe('processPlugin', () => {
  it.each([
    [null, /must be an object/],
    ['git', /must be an object/],
    [['git'], /must be an object/],
    [{ allowCommand: ['git'] }, /has no option allowCommand. Did you mean allowCommands\?/],
    [{ allowEnvs: 'all' }, /has no option allowEnvs/],
    [{ timeoutMs: 1 }, /has no option timeoutMs/],
    [{ allowEnv: 'LANG' }, /allowEnv must be 'all' or an array/],
    [{ allowEnv: '*' }, /allowEnv must be 'all' or an array/],
    [{ allowEnv: ['*'] }, /allowEnv must be 'all' or an array/],
    [{ allowEnv: ['*_X'] }, /allowEnv must be 'all' or an array/],
    [{ allowEnv: ['A*B'] }, /allowEnv must be 'all' or an array/],
    [{ allowEnv: [''] }, /allowEnv must be 'all' or an array/],
    [{ allowEnv: ['A=B'] }, /allowEnv must be 'all' or an array/],
    [{ allowEnv: ['A\0'] }, /allowEnv must be 'all' or an array/],
    [{ allowEnv: [1] }, /allowEnv must be 'all' or an array/],
    [{ provider: 'native', allowEnv: ['LANG'] }, /native plug-in passes every variable/],
    [{ allowCommands: 'git' }, /allowCommands must be an array/],
    [{ allowCommands: [1] }, /allowCommands must be an array/],
    [{ allowCommands: [''] }, /allowCommands must be an array/],
    [{ allowCommands: ['a\0b'] }, /allowCommands must be an array/],
    [{ allowAllCommands: 'yes' }, /allowAllCommands must be true or false/],
    [{ maxOutputBytes: -1 }, /maxOutputBytes must be a whole number/],
    [{ maxPendingBytes: 1.5 }, /maxPendingBytes must be a whole number/],
    [{ maxPendingBytes: 2 ** 40 }, /maxPendingBytes must be a whole number/],
    [{ provider: 'auto' }, /provider must be/],
    [{ nativePath: '' }, /nativePath must be/],
    [{ nativePath: 1 }, /nativePath must be/],
  ])('refuses the options %j', (options, message) => {
    const make = processPlugin as (options: unknown) => unknown;
    expect(() => make(options)).toThrow(InvalidArgumentError);
    expect(() => make(options)).toThrow(message);
  });

  it('keeps its own copy of the list of commands', async () => {
    const allowCommands: string[] = [];
    using runtime = await createRuntime({
      plugins: [processPlugin({ allowCommands })],
      wasi: { args: ['true'], stdout: 'ignore', stderr: 'capture' },
    });
    allowCommands.push('true');
    // 125 is what the guest makes of a refusal.
    expect(runtime.run(new URL('command-runner.wasm', suite.guests))).toBe(125);
    expect(new TextDecoder().decode(runtime.stderr)).toContain('Command "true" is not in the white list');
  });

  it('asks for the native plug-in by the names that WasmEdge releases it under', () => {
    const plugin = processPlugin({ provider: 'native', allowCommands: ['git', 'ls'], nativePath: '/p.so' });
    expect(plugin).toMatchObject({
      name: 'wasmedge_process',
      provider: 'native',
      moduleNames: ['wasmedge_process'],
      native: {
        fileName: 'wasmedgePluginWasmEdgeProcess',
        path: '/p.so',
        options: { 'allow-command': ['git', 'ls'], 'allow-command-all': false },
      },
    });
  });

  it('shows neither stdin nor variables in a trace', async () => {
    const lines: string[] = [];
    using runtime = await createRuntime({
      plugins: [processPlugin({ allowCommands: ['true'] })],
      wasi: { args: ['--env', 'TOKEN', 'secret', '--stdin', 'true'], stdin: 'secret', stdout: 'ignore' },
      trace: (event) =>
        lines.push(JSON.stringify([event.function, event.arguments.map((value) => value ?? 'hidden')])),
    });
    expect(runtime.run(new URL('command-runner.wasm', suite.guests))).toBe(0);
    expect(lines).toContain(JSON.stringify(['wasmedge_process_add_stdin', ['hidden', 'hidden']]));
    expect(lines.find((line) => line.includes('add_env'))).toMatch(/,"hidden","hidden"\]\]$/);
  });
});

describe('the guest command-runner', () => {
  it('passes arguments, stdin, both outputs and the exit code on', async () => {
    using runtime = await createRuntime({
      plugins: [processPlugin({ allowCommands: ['sh'] })],
      wasi: {
        args: ['--stdin', '--env', 'A', '1', '--', 'sh', '-c', 'cat; echo "$A" >&2; exit 7'],
        stdin: 'from the host',
        stdout: 'capture',
        stderr: 'capture',
      },
    });
    expect(runtime.run(new URL('command-runner.wasm', suite.guests))).toBe(7);
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    expect([text(runtime.stdout), text(runtime.stderr)]).toEqual(['from the host', '1\n']);
  });
});
