import { type Caller, readOptions } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { commandOptions } from '../options.js';
import { processHostModule } from './host-functions.js';
import { ProcessSession } from './process-session.js';

// A guest of 4 GiB may name all of it with one call; a copy of what cannot be kept would take the host's memory all the same.
it.each([
  ['set_prog_name', 0, 1 << 30],
  ['add_arg', 0, -1],
  ['add_env', 0, 1 << 30, 0, 0],
  ['add_stdin', 0, 1 << 30],
] as const)('%s copies nothing of the guest that is more than may wait', (name, ...args) => {
  const rules = readOptions('test()', commandOptions, {});
  const { functions } = processHostModule(
    () => new ProcessSession(rules, { call: () => expect.unreachable() }),
  );
  const memory = { contains: () => true, read: () => expect.unreachable('it was copied') };
  const caller = { memory, hasMemory: true, instance: {} } as unknown as Caller;
  expect(() => functions[`wasmedge_process_${name}`]?.call(caller, ...(args as never[]))).toThrow(
    expect.objectContaining({ code: 'ERR_PROCESS_LIMIT' }),
  );
});
