import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pluginFileName } from '../../plugin-file/plugin-places.js';
import { findNativePluginFiles } from './find-native-plugin-files.js';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'find-native-')));
  vi.stubEnv('WASMEDGE_PLUGIN_PATH', join(folder, 'plugins'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('finds files by name where a runtime looks, without loading anything', () => {
  const file = (place: string, name: string) => {
    mkdirSync(join(folder, place), { recursive: true });
    const path = join(folder, place, pluginFileName(name));
    writeFileSync(path, 'no library');
    return path;
  };
  const library = file('lib', 'wasmedge');
  const [first, second] = [file('plugins/deep', 'wanted'), file('plugin', 'wanted')];
  file('plugins', 'other');
  expect(findNativePluginFiles({ fileName: 'wanted', library })).toEqual([first, second]);
  expect(findNativePluginFiles({ fileName: 'absent', library })).toEqual([]);
});

it('finds none without a libwasmedge', () => {
  expect(findNativePluginFiles({ fileName: 'wanted', library: join(folder, 'no-such-library') })).toEqual([]);
});
