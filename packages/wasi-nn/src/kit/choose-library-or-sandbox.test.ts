import { expect, it } from 'vitest';
import type { BackendContext, Graph } from '../backend.js';
import { BackendUnavailableError } from '../errors.js';
import { chooseLibraryOrSandbox } from './choose-library-or-sandbox.js';
import type { ModelLoader, ModelRequest } from './define-backend.js';

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
  const choice = chooseLibraryOrSandbox({
    findLibrary: library.find ?? (() => '/lib/libsum.so'),
    openLibrary: library.open ?? (() => loader('library')),
    openSandbox: () => loader('sandbox'),
  });
  const opened = choice.open({
    logger: (level: string, text: string) => happened.push(`${level}: ${text}`),
  } as unknown as BackendContext);
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

it('tells what runs models of the host: a library that was found, until it cannot be opened', () => {
  let path = '/lib/libsum.so';
  const open = (): ModelLoader<unknown> => {
    throw new BackendUnavailableError(`libsum ${path} cannot be used: too short. Install it again.`);
  };
  const find = () => {
    if (path === '')
      throw new BackendUnavailableError('libsum was not found; searched:\n  /lib\nInstall it.');
    return path;
  };
  const parts = { findLibrary: find, openLibrary: open, openSandbox: () => ({}) as ModelLoader<unknown> };
  const choice = chooseLibraryOrSandbox(parts);
  expect(choice.chosen()).toEqual({ library: '/lib/libsum.so' });
  choice.open({ logger() {} } as unknown as BackendContext);
  expect(choice.chosen()).toEqual({ problem: 'libsum /lib/libsum.so cannot be used: too short' });
  path = '/other/libsum.so';
  expect(choice.chosen()).toEqual({ library: '/other/libsum.so' });
  path = '';
  expect(choice.chosen()).toEqual({ problem: 'libsum was not found' });
});
