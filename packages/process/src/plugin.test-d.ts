import type { Plugin } from '@wasmedge-plugins/core';
import { expectTypeOf, it } from 'vitest';
import { type CommandResult, createProcessClient, processPlugin } from './index.js';

it('takes typed options and gives a plug-in', () => {
  expectTypeOf(processPlugin({ allowCommands: ['git'], provider: 'native' })).toEqualTypeOf<Plugin>();
  // @ts-expect-error a list, not one name
  processPlugin({ allowCommands: 'git' });
  processPlugin({ allowEnv: ['LANG', 'MY_*'] });
  processPlugin({ allowEnv: 'all' });
  // @ts-expect-error a list, or all
  processPlugin({ allowEnv: 'LANG' });
  // @ts-expect-error allowCommands
  processPlugin({ allowCommand: ['git'] });
  // @ts-expect-error no such provider
  processPlugin({ provider: 'auto' });
});

it('gives bytes and numbers from the client', () => {
  const client = createProcessClient();
  expectTypeOf(client.run).returns.toEqualTypeOf<CommandResult>();
  expectTypeOf(client.runAsync).returns.toEqualTypeOf<Promise<CommandResult>>();
  expectTypeOf<CommandResult['stdout']>().toEqualTypeOf<Uint8Array>();
});
