import { describe, expect, it } from 'vitest';
import { runCommand } from '../commands/run.js';
import { addPluginOptions, givenValues } from './plugin-options.js';
import { readQuickly } from './read-quickly.js';
import type { RunRequest } from './run-request.js';

/** What commander reads: the same command, whose action only keeps what it gets. */
async function readByCommander(args: readonly string[]): Promise<RunRequest> {
  const command = runCommand([]);
  const added = addPluginOptions(command, []);
  let request: RunRequest | undefined;
  command.action((guest: string, rest: string[], options: RunRequest['options']) => {
    request = { guest, args: rest, options, values: givenValues(command, added) };
  });
  await command.parseAsync(args, { from: 'user' });
  return request as RunRequest;
}

describe('a command line that is read without commander', () => {
  it.each([
    ['g.wasm'],
    ['g.wasm add 1 -2 --json'],
    ['--reactor g.wasm --help'],
    ['--engine wasmedge --gas-limit=100 --time-limit 0 g.wasm a b'],
    ['--dir a:b --dir=c --env X=1=2 --env Y= g.wasm'],
    ['--plugin a --plugin b --forbidden-plugin=c g.wasm'],
    ['--native-plugin /x/y.so:a=1:b-c=2 --library --odd g.wasm'],
    ['--placement process --aot wait --provider native --memory-page-limit 65536 g.wasm -- x'],
    ['--json --trace --verbose --refuse-unverified --public-key k --lock-file l -'],
  ])('is understood as commander does: %s', async (line) => {
    const args = line.split(' ');
    expect(readQuickly(args)).toEqual(await readByCommander(args));
  });

  it('takes a guest and arguments that are empty', async () => {
    expect(readQuickly(['', ''])).toEqual(await readByCommander(['', '']));
  });

  it.each([
    [''],
    ['--help'],
    ['-h g.wasm'],
    ['--'],
    ['-- g.wasm'],
    ['--json'],
    ['--jsn g.wasm'],
    ['--json=yes g.wasm'],
    ['--engine v9 g.wasm'],
    ['--engine v8 --engine v8 g.wasm'],
    ['--gas-limit 0 g.wasm'],
    ['--dir a --dir a g.wasm'],
    ['--env X g.wasm'],
    ['--library'],
    ['--allow-nothing g.wasm'],
    ['--constructor g.wasm'],
  ])('is left to commander where there is something to say: %s', (line) => {
    expect(readQuickly(line.split(' ').filter((text) => text !== ''))).toBeUndefined();
  });
});
