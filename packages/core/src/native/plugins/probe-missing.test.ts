import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { NativePluginLoadError } from '../../errors/native-plugin-errors.js';
import { tryPlugin } from './probe-plugin.js';

// What tries plug-ins may not be there, as in a bundle, or not run: then nothing is loaded, and that is said.

const folder = mkdtempSync(join(tmpdir(), 'probe-missing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = vi.hoisted(() => ({ url: undefined as URL | undefined }));
vi.mock('../../helpers/worker-url.js', () => ({ findWorker: () => program.url }));

it.each([
  [
    'is not there',
    undefined,
    /is missing next to @wasmedge-plugins\/core, and its text is not in the bundle/,
  ],
  ['cannot be run', 'throw new Error();', /did not start: it ended with exit code 1/],
  ['ends well and says nothing', '', /did not start: it ended with exit code 0/],
])('a program that %s is told', (name, text, said) => {
  const file = join(folder, `${name}.mjs`);
  if (text !== undefined) {
    writeFileSync(file, text);
  }
  program.url = text === undefined ? undefined : pathToFileURL(file);
  const attempt = () => tryPlugin('libmine.so', Buffer.alloc(0), 20_000);
  expect(attempt).toThrow(NativePluginLoadError);
  expect(attempt).toThrow(said);
  expect(attempt).toThrow(/vouch for the file with nativePlugins/);
});
