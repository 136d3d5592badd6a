import { expect, it } from 'vitest';
import type { BackendContext, ExecutionContext, Graph, LoadOrigin } from '../backend.js';
import { defineBackend } from './define-backend.js';

const host: LoadOrigin = { model: 'host', config: 'host' };
const context = { logger: () => {} } as never as BackendContext;
const text = (value: string) => [new TextEncoder().encode(value)];

/** A backend that tells what is there. */
function countingBackend(library?: string) {
  const told = { loads: 0, graphs: 0, closed: 0, closedShared: 0 };
  const backend = defineBackend({
    contractVersion: 1,
    packageName: `counting ${library}`,
    name: 'counting',
    encoding: 3,
    encodingNames: ['counting'],
    title: 'Counting',
    parts: ['a text'],
    settings: {},
    open: () => ({
      load({ parts }) {
        if (new TextDecoder().decode(parts[0]) === 'broken') throw new Error('broken');
        told.loads++;
        told.graphs++;
        return {
          inputs: undefined,
          outputs: undefined,
          createContext: () => ({}) as ExecutionContext,
          [Symbol.dispose]: () => told.graphs--,
        } as Graph;
      },
      sharedBy: () => library,
      close: () => told.closed++,
      closeShared: () => told.closedShared++,
    }),
  });
  return { backend, told };
}

it('loads a model that several runtimes name once, and frees it with the last of them', () => {
  const { backend, told } = countingBackend('library 1');
  const [first, second] = [backend.open(context), backend.open(context)];
  const graphs = [first, first, second].map((opened) => opened.load(text('road'), 'cpu', undefined, host));
  expect(told).toMatchObject({ loads: 1, graphs: 1 });
  first[Symbol.dispose]();
  expect(told).toMatchObject({ graphs: 1, closed: 1, closedShared: 0 });
  expect(graphs[2]?.createContext()).toBeDefined();
  second[Symbol.dispose]();
  expect(told).toMatchObject({ graphs: 0, closed: 2, closedShared: 2 });
  using third = backend.open(context);
  third.load(text('road'), 'cpu', undefined, host);
  expect(told.loads).toBe(2);
});

it('shares nothing with a model of another content, target or settings, or that a guest chose', () => {
  const { backend, told } = countingBackend('library 1');
  using opened = backend.open(context);
  opened.load(text('road'), 'cpu', undefined, host);
  opened.load(text('river'), 'cpu', undefined, host);
  opened.load(text('road'), 'gpu', undefined, host);
  opened.load(text('road'), 'cpu', '{}', host);
  opened.load(text('road'), 'cpu', undefined, { model: 'guest', config: 'host' });
  opened.load(text('road'), 'cpu', undefined, { model: 'guest', config: 'host' });
  opened.load(text('road'), 'cpu', undefined, { model: 'host', config: 'guest' });
  expect(told).toMatchObject({ loads: 7, graphs: 7 });
});

it('shares nothing where the backend does not', () => {
  const { backend, told } = countingBackend();
  using first = backend.open(context);
  using second = backend.open(context);
  for (const opened of [first, second]) opened.load(text('road'), 'cpu', undefined, host);
  expect(told.loads).toBe(2);
});

it('does not remember a model that could not be loaded', () => {
  const { backend, told } = countingBackend('library 1');
  using opened = backend.open(context);
  expect(() => opened.load(text('broken'), 'cpu', undefined, host)).toThrow('broken');
  opened.load(text('road'), 'cpu', undefined, host);
  expect(told).toMatchObject({ loads: 1, graphs: 1 });
});
