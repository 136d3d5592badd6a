import { createProcessClient } from '@wasmedge-plugins/process';

// One for each member of a pool.
const client = createProcessClient({ allowCommands: [process.execPath] });

export async function run(_runtime, program, args) {
  const { exitCode, stdout } = await client.runAsync(program, args);
  return { exitCode, stdout };
}
