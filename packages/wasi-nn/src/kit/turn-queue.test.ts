import { expect, it } from 'vitest';
import { TurnQueue } from './turn-queue.js';

const reason = new Error('enough');

it('gives turns in order, and is free when all have had theirs', async () => {
  const queue = new TurnQueue();
  const order: number[] = [];
  const use = async (number: number) => {
    const release = await queue.take();
    order.push(number);
    release();
    release();
  };
  await Promise.all([use(1), use(2), use(3)]);
  expect(order).toEqual([1, 2, 3]);
  expect(queue.isTaken).toBe(false);
});

it('lets one who waits give up, and passes over it', async () => {
  const queue = new TurnQueue();
  const release = await queue.take();
  const controller = new AbortController();
  const second = queue.take(controller.signal);
  const third = queue.take();
  controller.abort(reason);
  await expect(second).rejects.toBe(reason);
  release();
  (await third)();
  await expect(queue.take(AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(queue.isTaken).toBe(false);
});

it('refuses all who wait, and who come, once it is closed', async () => {
  const queue = new TurnQueue();
  await queue.take();
  const waiting = [queue.take(), queue.take(new AbortController().signal)];
  queue.close(reason);
  queue.close(new Error('another'));
  for (const each of [...waiting, queue.take()]) await expect(each).rejects.toBe(reason);
});
