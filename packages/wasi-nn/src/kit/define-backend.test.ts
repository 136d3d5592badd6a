import { expect, it } from 'vitest';
import type { BackendContext, LoadOrigin } from '../backend.js';
import { type BackendDefinition, defineBackend, type ModelRequest } from './define-backend.js';

const context = { logger: () => {} } as never as BackendContext;
const host: LoadOrigin = { model: 'host', config: 'host' };
const guest: LoadOrigin = { model: 'guest', config: 'guest' };
const part = new Uint8Array(1);

/** A backend that tells what it was asked to load. */
function askedBackend(more: Partial<BackendDefinition<Record<never, never>>> = {}) {
  const asked: ModelRequest<object>[] = [];
  const backend = defineBackend({
    contractVersion: 1,
    packageName: 'asked',
    name: 'asked',
    encoding: 3,
    encodingNames: ['asked'],
    title: 'Asked',
    parts: ['a text', 'its weights'],
    settings: {},
    open: () => ({
      load(request) {
        asked.push(request);
        throw new Error('asked');
      },
      async loadForSession(request) {
        asked.push(request);
        throw new Error('asked');
      },
    }),
    ...more,
  });
  return { backend, asked };
}

it.each<[number | undefined, LoadOrigin, readonly number[]]>([
  [undefined, host, [2]],
  [undefined, guest, [2]],
  [1, host, [1, 2]],
  // What a format of fewer files is, only the host may say.
  [1, guest, [2]],
])('with leastParts %s, models of %o have %j parts', async (leastParts, origin, counts) => {
  const { backend, asked } = askedBackend({ leastParts });
  using opened = backend.open(context);
  for (const count of [0, 1, 2, 3]) {
    const parts = Array.from({ length: count }, () => part);
    const load = () => opened.load(parts, 'cpu', undefined, origin);
    if (counts.includes(count)) expect(load).toThrow('asked');
    else expect(load).toThrow(`A Asked model has 2 parts, a text and its weights, not ${count}.`);
  }
  expect(asked.map(({ parts }) => parts.length)).toEqual(counts);
  const session = opened.loadForSession?.([part], 'cpu', undefined);
  await expect(session).rejects.toThrow(leastParts === 1 ? 'asked' : /has 2 parts/);
});

it('tells where the files of a model are', async () => {
  const { backend, asked } = askedBackend();
  using opened = backend.open(context);
  const files = ['/models/road', undefined];
  expect(() => opened.load([part, part], 'cpu', undefined, { ...host, files })).toThrow('asked');
  await expect(opened.loadForSession?.([part, part], 'cpu', undefined, files)).rejects.toThrow('asked');
  expect(() => opened.load([part, part], 'cpu', undefined, guest)).toThrow('asked');
  expect(asked.map(({ origin }) => origin)).toEqual([{ ...host, files }, { ...host, files }, guest]);
});

it('tells what it chooses, if the definition does', () => {
  expect(askedBackend().backend.choices).toBeUndefined();
  const { backend } = askedBackend({ choices: () => ['models run on paper: nothing else was found'] });
  expect(backend.choices?.()).toEqual(['models run on paper: nothing else was found']);
});
