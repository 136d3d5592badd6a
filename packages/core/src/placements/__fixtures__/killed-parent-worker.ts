import { createRuntime, type EngineName } from '../../index.js';

// A program that tells the number of its child, and has a guest loop there. It is killed.

const [engine, guest] = process.argv.slice(2) as [EngineName, string];
const runtime = await createRuntime({ placement: 'process', engine });
const instance = await runtime.instantiate(guest);
const pid = await runtime.perform(
  { module: 'data:text/javascript,export const pid = () => process.pid;', export: 'pid' },
  [],
);
const looping = instance.exports.loop?.();
process.stdout.write(`${pid}\n`);
await looping;
