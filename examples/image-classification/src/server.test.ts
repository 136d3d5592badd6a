import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { GuestCrashError, PoolBusyError } from '@wasmedge-plugins/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Load } from './__fixtures__/load.js';
import { PoolEvents } from './__fixtures__/pool-events.js';
import { type ClassifierPoolOptions, openClassifierPool } from './classifier-pool.js';
import { createServer } from './server.js';
import { projectFile } from './shapes.js';

const star = readFileSync(projectFile('pictures/star-1.jpg'));
const post = (url: string, signal?: AbortSignal) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'image/jpeg' },
    body: star,
    signal: signal ?? null,
  });
const openFiles = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

async function serve(options: ClassifierPoolOptions & { readonly name: string }) {
  const events = new PoolEvents(options.name);
  const classifier = await openClassifierPool(options);
  const app = createServer(classifier);
  onTestFinished(async () => {
    await app.close();
    events[Symbol.dispose]();
  });
  return { app, events, pool: classifier.pool, url: await app.listen({ port: 0, host: '127.0.0.1' }) };
}

type Served = Awaited<ReturnType<typeof serve>>;

const die = { module: new URL('__fixtures__/die-soon.mjs', import.meta.url), export: 'dieSoon' };

/** Ends members of a pool, which are in the middle of something. */
const ending = {
  process: async ({ events }: Served) => {
    for (const { id } of events.members.filter((_, index) => index === 0 || Math.random() < 0.3)) {
      process.kill(id as number, 'SIGKILL');
    }
  },
  // A thread can only be ended from within, between two of its steps.
  worker: async ({ pool }: Served) => {
    for (;;) {
      try {
        await pool.perform(die, [Math.ceil(20 * Math.random())]);
        return;
      } catch (error) {
        if (GuestCrashError.isInstance(error)) return;
        if (!PoolBusyError.isInstance(error)) throw error;
        await sleep(5);
      }
    }
  },
};

describe.each(['process', 'worker'] as const)('the server, with a pool of placement %s', (placement) => {
  const size = 2;
  const queue = 8;

  it('answers rightly or not yet, whatever becomes of its members, under ten times the load', {
    timeout: 300_000,
  }, async () => {
    // What is opened once by Node.js and by sharp counts for nobody.
    const first = await serve({ placement, size: 1, name: `first ${placement}` });
    expect((await post(`${first.url}/guest`)).status).toBe(200);
    await first.app.close();
    const filesBefore = openFiles();

    const served = await serve({ placement, size, queue, name: `overload ${placement}` });
    const { app, events, pool, url } = served;
    const load = new Load(url);
    let ends = 0;
    let isOver = false;
    const loaded = load.run(10 * (size + queue), () => !isOver);
    while (ends < 4 || load.right.guest < 30 || load.right.session < 30) {
      await sleep(30 * Math.random());
      const ended = events.of('member-ended').length;
      await ending[placement](served);
      ends++;
      // A call is made once more, so its second member is left alone.
      await events.until(() => events.of('member-ended').length > ended && events.members.length === size);
    }
    isOver = true;
    await loaded;

    expect(load.wrong).toEqual([]);
    expect(load.answered).toBe(load.sent);
    expect(load.busy).toBeGreaterThan(0);
    // Ended by itself, in the eyes of the pool, and nobody noticed.
    expect(events.of('member-ended').every(({ reason }) => reason === 'crash')).toBe(true);
    expect(events.of('ended').some(({ error }) => error !== undefined)).toBe(true);
    await pool.ready();
    await vi.waitUntil(() => pool.status.idle === size);
    expect(pool.status).toEqual({ idle: size, busy: 0, starting: 0, waiting: 0 });

    await app.close();
    expect(events.members).toEqual([]);
    if (placement === 'process') {
      const isThere = ({ id }: { id: number | undefined }) => {
        try {
          return process.kill(id as number, 0);
        } catch {
          return false;
        }
      };
      expect(events.of('member-started').filter(isThere)).toEqual([]);
    }
    await vi.waitUntil(() => openFiles() <= filesBefore, { timeout: 10_000 });
  });
});

it('forgets what a client waited for that has gone', async () => {
  const { events, pool, url } = await serve({ size: 1, name: 'gone' });
  await using _lease = await pool.acquire();
  const client = new AbortController();
  const answer = expect(post(`${url}/guest`, client.signal)).rejects.toThrow('gone');
  await events.until(() => pool.status.waiting === 1);
  client.abort(new Error('gone'));
  await answer;
  await events.until(() => events.of('refused').length === 1);
  expect(events.of('refused')).toMatchObject([{ use: 'run', error: { code: 'ERR_GUEST_ABORT' } }]);
  expect(pool.status.waiting).toBe(0);
});

it('answers what it has begun when it is closed, and no more', async () => {
  const { app, events, pool, url } = await serve({ size: 1, name: 'closed' });
  const lease = await pool.acquire();
  const answers = [post(`${url}/guest`), post(`${url}/session`)];
  await events.until(() => pool.status.waiting === 2);
  const closing = app.close();
  await lease[Symbol.asyncDispose]();
  const labels = answers.map(async (answer) => ((await (await answer).json()) as { label: string }).label);
  expect(await Promise.all(labels)).toEqual(['star', 'star']);
  await closing;
  await expect(pool.run()).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
});

it('tells a client what is wrong with its picture', async () => {
  const { url } = await serve({ size: 1, name: 'wrong' });
  const send = async (type: string, body: string) =>
    (await fetch(`${url}/guest`, { method: 'POST', headers: { 'Content-Type': type }, body })).status;
  expect(await send('image/png', 'not a picture')).toBe(400);
  expect(await send('text/plain', 'not a picture')).toBe(415);
  expect(await send('image/png', 'x'.repeat(2 << 20))).toBe(413);
});
