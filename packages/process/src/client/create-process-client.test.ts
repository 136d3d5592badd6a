import { realpathSync } from 'node:fs';
import { DisposedError, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { CommandNotAllowedError, CommandNotStartedError, ProcessLimitError } from '../errors.js';
import { type CommandResult, createProcessClient, type ProcessClient } from './create-process-client.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

type Run = (...args: Parameters<ProcessClient['run']>) => Promise<CommandResult>;

const ways: [string, (client: ProcessClient) => Run][] = [
  [
    'run',
    (client) =>
      async (...args) =>
        client.run(...args),
  ],
  [
    'runAsync',
    (client) =>
      (...args) =>
        client.runAsync(...args),
  ],
];

describe.each(ways)('%s', (_name, runOf) => {
  it('runs an allowed command with arguments, environment and stdin', async () => {
    using client = createProcessClient({ allowCommands: ['sh'] });
    const result = await runOf(client)('sh', ['-c', 'cat; printf %s "$A$1" >&2; exit 200', 'sh', 'é'], {
      stdin: 'in',
      env: { A: '1' },
    });
    expect(result).toMatchObject({ exitCode: 200, timedOut: false });
    expect([text(result.stdout), text(result.stderr)]).toEqual(['in', '1é']);
  });

  it('refuses standard input whose bytes are gone', async () => {
    using client = createProcessClient({ allowCommands: ['cat'] });
    const stdin = new Uint8Array(4);
    structuredClone(stdin, { transfer: [stdin.buffer] });
    const running = runOf(client)('cat', [], { stdin });
    await expect(running).rejects.toThrow(InvalidArgumentError);
    await expect(running).rejects.toThrow(/^stdin of a command is .*Uint8Array.* whose bytes are gone/);
  });

  it('gives an empty environment and the working directory of the host by default', async () => {
    using client = createProcessClient({ allowCommands: ['env', 'pwd'] });
    expect(text((await runOf(client)('env')).stdout)).toBe('');
    expect(text((await runOf(client)('pwd', ['-P'])).stdout)).toBe(`${realpathSync(process.cwd())}\n`);
  });

  it('refuses what is not on the list, by exact name', async () => {
    using client = createProcessClient({ allowCommands: ['sh'] });
    await expect(runOf(client)('/bin/sh')).rejects.toThrow(CommandNotAllowedError);
    using none = createProcessClient();
    await expect(runOf(none)('true')).rejects.toThrow('list it in allowCommands');
  });

  it('refuses variables that are not allowed, or are none', async () => {
    using client = createProcessClient({ allowCommands: ['env'] });
    const env = (variables: Record<string, string>) => runOf(client)('env', [], { env: variables });
    expect(text((await env({ GREETING: 'hello' })).stdout)).toBe('GREETING=hello\n');
    for (const name of ['LD_PRELOAD', 'PATH', 'NODE_OPTIONS']) {
      await expect(env({ A: '1', [name]: '' })).rejects.toThrow(CommandNotAllowedError);
      await expect(env({ [name]: '' })).rejects.toThrow(`must not get the variable "${name}"`);
    }
    using listed = createProcessClient({ allowCommands: ['env'], allowEnv: ['MY_*'] });
    await expect(runOf(listed)('env', [], { env: { LANG: 'C' } })).rejects.toThrow(
      `The command "env" must not get the variable "LANG"; list it in allowEnv, or set allowEnv: 'all'.`,
    );
    using all = createProcessClient({ allowCommands: ['env'], allowEnv: 'all' });
    expect(text((await runOf(all)('env', [], { env: { PATH: '/x' } })).stdout)).toBe('PATH=/x\n');
    for (const name of ['', 'A=B', 'A\0B']) {
      await expect(runOf(all)('env', [], { env: { [name]: '' } })).rejects.toThrow(
        /a name must not be empty/,
      );
    }
  });

  it('tells what cannot be started', async () => {
    using client = createProcessClient({ allowAllCommands: true });
    await expect(runOf(client)('no-such-program')).rejects.toThrow(CommandNotStartedError);
    await expect(runOf(client)('sh', ['a\0b'])).rejects.toThrow(/NUL byte/);
    await expect(runOf(client)('')).rejects.toThrow(CommandNotStartedError);
  });

  it('ends a command whose time is over', async () => {
    using client = createProcessClient({ allowCommands: ['sleep'] });
    expect(await runOf(client)('sleep', ['20'], { timeoutMs: 100 })).toMatchObject({
      exitCode: 110,
      timedOut: true,
    });
  });

  it('bounds input and output', async () => {
    using client = createProcessClient({
      allowCommands: ['cat', 'sh'],
      maxOutputBytes: 10,
      maxPendingBytes: 5000,
    });
    await expect(runOf(client)('cat', [], { stdin: new Uint8Array(6000) })).rejects.toThrow(
      ProcessLimitError,
    );
    await expect(runOf(client)('sh', ['-c', 'echo 12345678901'])).rejects.toThrow(ProcessLimitError);
  });

  it.each([
    [[1], /name of a command must be a string/],
    [['sh', 'x'], /must be an array/],
    [['sh', [1]], /argument of a command must be a string/],
    [['sh', [], { env: { A: 1 } }], /variable A must be a string/],
    [['sh', [], { env: 'A=1' }], /environment of a command must be an object/],
    [['sh', [], { env: new Map([['A', '1']]) }], /environment of a command must be an object/],
    [['sh', [], { env: ['A=1'] }], /environment of a command must be an object/],
    [['sh', [], { stdin: 1 }], /stdin must be a string/],
    [['sh', [], { timeoutMs: -1 }], /timeoutMs must be/],
    [['sh', [], { timeoutMs: 1.5 }], /timeoutMs must be/],
    [['sh', [], null], /must be an object/],
    [['sh', [], { timeout: 5 }], /has no option timeout. Did you mean timeoutMs\?/],
    [['sh', [], { cwd: '/' }], /has no option cwd/],
    [['\ud800'], /well-formed/],
  ])('refuses %j', async (args, message) => {
    using client = createProcessClient({ allowAllCommands: true });
    const run = runOf(client) as (...args: unknown[]) => Promise<unknown>;
    await expect(run(...args)).rejects.toThrow(InvalidArgumentError);
    await expect(run(...args)).rejects.toThrow(message);
  });

  it('is an error after disposal', async () => {
    const client = createProcessClient({ allowAllCommands: true });
    client[Symbol.dispose]();
    await expect(runOf(client)('true')).rejects.toThrow(DisposedError);
  });
});

describe('createProcessClient', () => {
  it('refuses options that it does not know', () => {
    const create = createProcessClient as (options: unknown) => unknown;
    expect(() => create({ allowCommand: ['sh'] })).toThrow(
      /has no option allowCommand. Did you mean allowCommands/,
    );
    expect(() => create({ allowCommands: ['sh'], provider: 'native' })).toThrow(InvalidArgumentError);
  });

  it('runs twelve commands at once without a warning of a leak', async () => {
    const warnings: string[] = [];
    const hear = ({ name }: Error) => warnings.push(name);
    process.on('warning', hear);
    using client = createProcessClient({ allowCommands: ['true'] });
    await Promise.all(Array.from({ length: 12 }, () => client.runAsync('true')));
    await new Promise(setImmediate); // Warnings are told on the next tick.
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it('ends the commands that still run when it is disposed', async () => {
    const client = createProcessClient({ allowCommands: ['sleep'] });
    const start = performance.now();
    const running = client.runAsync('sleep', ['20'], { timeoutMs: 30_000 });
    setTimeout(() => client[Symbol.dispose](), 100);
    await expect(running).rejects.toThrow(DisposedError);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
