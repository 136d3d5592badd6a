import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from './clock.js';

/** Keeps this thread busy. */
function block(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

it('calls back after what came while the thread was busy', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  await once(client, 'ready');
  const order: string[] = [];
  socket.on('data', () => order.push('answer'));
  await setImmediate();
  const over = new Promise<void>((resolve) => {
    systemClock.after(5, () => {
      order.push('deadline');
      resolve();
    });
  });
  client.write('x');
  block(20);
  await over;
  expect(order).toEqual(['answer', 'deadline']);
  client.destroy();
  socket.destroy();
  server.close();
});

it('does not call back once that was cleared, in the last moment either', async () => {
  const called: string[] = [];
  const clearEarly = systemClock.after(1, () => called.push('early'));
  clearEarly();
  const clearLate = systemClock.after(0, () => called.push('late'));
  // This timer comes after that of the clock, and before what it calls back.
  await new Promise<void>((resolve) => {
    setTimeout(() => {
      clearLate();
      resolve();
    }, 0);
    block(5);
  });
  await setImmediate();
  await setImmediate();
  expect(called).toEqual([]);
});
