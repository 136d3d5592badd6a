import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { BackendUnavailableError } from '../errors.js';
import { packageFile } from './package-file.js';

const asked = { package: '@example/backend', built: './task.js', source: '../dist/task.js' };

it('is found beside the built module', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'task.js'), '');
  const from = pathToFileURL(join(folder, 'index.js')).href;
  expect(packageFile({ ...asked, from }).href).toBe(pathToFileURL(join(folder, 'task.js')).href);
});

it('needs its dependency to be installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'task.js'), '');
  const from = pathToFileURL(join(folder, 'index.js')).href;
  const open = () => packageFile({ ...asked, from, needs: 'engine' });
  expect(open).toThrow(BackendUnavailableError);
  expect(open).toThrow(
    'needs the package engine, one of its dependencies, which is not installed. Install @example/backend again',
  );
  const installed = join(folder, 'node_modules/engine');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'index.js'), '');
  expect(open().href).toBe(pathToFileURL(join(folder, 'task.js')).href);
});

it.each([
  ['of ES modules', pathToFileURL(join(tmpdir(), 'no-such-folder/bundle.js')).href],
  ['of CommonJS', undefined],
])('is asked to stay outside of a bundle %s', (_what, from) => {
  const open = () => packageFile({ ...asked, from });
  expect(open).toThrow(BackendUnavailableError);
  expect(open).toThrow('Mark @example/backend as external when you bundle');
});
