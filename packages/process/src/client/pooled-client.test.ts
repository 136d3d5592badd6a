import { createPool, type MemberTask } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { CommandNotAllowedError } from '../errors.js';

const run: MemberTask<[program: string, args: string[]], { exitCode: number; stdout: Uint8Array }> = {
  module: new URL('../__fixtures__/pooled-client.mjs', import.meta.url),
  export: 'run',
};

describe.each(['worker', 'process'] as const)('a client in a pool of placement %s', (placement) => {
  it('runs commands in the members, and refuses what is not allowed', async () => {
    await using pool = createPool({ placement, size: 1 });
    const program = 'process.stdout.write(process.argv[1]); process.exitCode = 3';
    const runs = ['a', 'b', 'c'].map((word) => pool.perform(run, [process.execPath, ['-e', program, word]]));
    const results = await Promise.all(runs);
    expect(results.map(({ exitCode, stdout }) => [exitCode, Buffer.from(stdout).toString()])).toEqual([
      [3, 'a'],
      [3, 'b'],
      [3, 'c'],
    ]);
    const refused = pool.perform(run, ['rm', []]);
    await expect(refused).rejects.toSatisfy((error) => CommandNotAllowedError.isInstance(error));
  });
});
