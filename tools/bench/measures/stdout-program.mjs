// @ts-check
// Has a guest print on one side, as often as it is told, and sends what that took. Started with the guest's path and with a standard output that
// nobody reads.
import { timed } from '../rounds.mjs';
import { openWasiCalls } from './wasi-calls.mjs';

const [guest] = process.argv.slice(2);
const calls = await openWasiCalls(/** @type {string} */ (guest), {});
process.on('message', ({ side, count }) => {
  const { print } = calls[/** @type {'ours' | 'theirs'} */ (side)];
  process.send?.(timed(() => Number(print?.(count))));
});
process.send?.('ready');
