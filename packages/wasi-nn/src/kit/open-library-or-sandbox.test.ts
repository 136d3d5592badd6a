import { expect, it } from 'vitest';
import type { BackendContext, Graph } from '../backend.js';
import { BackendUnavailableError } from '../errors.js';
import type { ModelLoader, ModelRequest } from './define-backend.js';
import { openLibraryOrSandbox } from './open-library-or-sandbox.js';

const missing = () => {
  throw new BackendUnavailableError('libsum cannot be opened');
};

/** Loads models of the host and of a guest, and tells what loaded them, and what was logged and closed. */
function loaded(library: { readonly find?: () => string; readonly open?: () => ModelLoader<unknown> }) {
  const happened: string[] = [];
  const loader = (name: string): ModelLoader<unknown> => ({
    load: ({ origin }) => {
      happened.push(`${name} loads for the ${origin.model}`);
      return {} as Graph;
    },
    sharedBy: () => name,
    close: () => happened.push(`${name} is closed`),
  });
  const opened = openLibraryOrSandbox(
    {
      findLibrary: library.find ?? (() => '/lib/libsum.so'),
      openLibrary: library.open ?? (() => loader('library')),
      openSandbox: () => loader('sandbox'),
    },
    {
      logger: (level: string, text: string) => happened.push(`${level}: ${text}`),
    } as unknown as BackendContext,
  );
  for (const model of ['host', 'guest'] as const) {
    opened.load({ origin: { model } } as ModelRequest<unknown>);
  }
  happened.push(`shared by ${opened.sharedBy?.({ origin: { model: 'host' } } as ModelRequest<unknown>)}`);
  opened.close?.();
  return happened;
}

it('runs models of the host on the library, and those of guests in the sandbox', () => {
  expect(loaded({})).toEqual([
    'library loads for the host',
    'sandbox loads for the guest',
    'shared by library',
    'sandbox is closed',
  ]);
});

it.each([
  ['is missing', { find: missing }, []],
  ['cannot be opened, which is logged', { open: missing }, ['warn: libsum cannot be opened']],
])('runs all in the sandbox where the library %s', (_what, library, log) => {
  expect(loaded(library)).toEqual([
    ...log,
    'sandbox loads for the host',
    'sandbox loads for the guest',
    'shared by sandbox',
    'sandbox is closed',
  ]);
});

it('passes on what is no matter of the library', () => {
  const open = () => {
    throw new TypeError('a mistake');
  };
  expect(() => loaded({ open })).toThrow(TypeError);
});
