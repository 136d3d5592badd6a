import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPlugins, pluginFileName, pluginPlaces } from '../plugins.js';

// The order is that of WasmEdge: the variable, then the folder that belongs to the library. The folder of the user comes last.

const paths = (
  platform: NodeJS.Platform,
  library: string,
  variables: Record<string, string> = {},
  home = '/home/a',
) => pluginPlaces(library, { platform, variables, home }).map(({ path }) => path);

describe('places', () => {
  it.each([
    ['/usr/lib/x86_64-linux-gnu/libwasmedge.so.0', '/usr/lib/x86_64-linux-gnu/wasmedge'],
    ['/usr/local/lib/libwasmedge.so', '/usr/local/lib/wasmedge'],
    ['/lib/libwasmedge.so', '/lib/wasmedge'],
    ['/lib64/libwasmedge.so', '/lib64/wasmedge'],
    ['/opt/wasmedge/lib/libwasmedge.so', '/opt/wasmedge/plugin'],
    ['/opt/homebrew/lib/libwasmedge.dylib', '/opt/homebrew/plugin'],
  ])('of the library %s: %s', (library, expected) => {
    for (const platform of ['linux', 'darwin'] as const) {
      expect(paths(platform, library)).toEqual([expected, '/home/a/.wasmedge/plugin']);
    }
  });

  it('are each named once', () => {
    expect(paths('linux', '/home/a/.wasmedge/lib/libwasmedge.so')).toEqual(['/home/a/.wasmedge/plugin']);
  });

  it.each([
    ['/a:/b', ['/a', '/b']],
    ['/a', ['/a']],
    ['/a:', ['/a']],
    [':/a', ['/a']],
    ['/a::/b:::', ['/a', '/b']],
    [':', []],
    ['', []],
  ])('of the variable %j: %j', (value, expected) => {
    expect(paths('linux', '/usr/lib/libwasmedge.so', { WASMEDGE_PLUGIN_PATH: value })).toEqual([
      ...expected,
      '/usr/lib/wasmedge',
      '/home/a/.wasmedge/plugin',
    ]);
  });

  it.each([
    ['C:\\a:D:\\b', ['C:\\a', 'D:\\b']],
    ['C:\\a;D:\\b', ['C:\\a', 'D:\\b']],
    ['C:\\a;', ['C:\\a']],
    ['C:\\a::', ['C:\\a']],
    ['c:/a:relative:D:\\b c\\d', ['c:/a', 'relative', 'D:\\b c\\d']],
    ['\\\\server\\share:C:\\a', ['\\\\server\\share', 'C:\\a']],
    ['', []],
  ])('of the variable %j on Windows: %j', (value, expected) => {
    const variables = { WASMEDGE_PLUGIN_PATH: value, USERPROFILE: 'C:\\Users\\a' };
    expect(paths('win32', 'C:\\Program Files\\WasmEdge\\bin\\wasmedge.dll', variables, 'D:\\home')).toEqual([
      ...expected,
      'C:\\Program Files\\WasmEdge\\bin',
      'C:\\Users\\a\\.wasmedge\\plugin',
    ]);
  });

  it('tell why they are ones', () => {
    const variables = { WASMEDGE_PLUGIN_PATH: '/a' };
    expect(pluginPlaces('/usr/lib/libwasmedge.so', { platform: 'linux', variables, home: '/h' })).toEqual([
      { path: '/a', source: 'variable' },
      { path: '/usr/lib/wasmedge', source: 'library' },
      { path: '/h/.wasmedge/plugin', source: 'user' },
    ]);
  });

  it('have files with the name of the platform', () => {
    expect(pluginFileName('wasmedgePluginWasiNN', 'linux')).toBe('libwasmedgePluginWasiNN.so');
    expect(pluginFileName('wasmedgePluginWasiNN', 'darwin')).toBe('libwasmedgePluginWasiNN.dylib');
    expect(pluginFileName('wasmedgePluginWasiNN', 'win32')).toBe('wasmedgePluginWasiNN.dll');
  });
});

describe('files', () => {
  let folder: string;
  const at = (...names: string[]) => join(folder, ...names);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'places-'));
    mkdirSync(at('opt', 'lib'), { recursive: true });
    mkdirSync(at('opt', 'plugin', 'deep', 'er'), { recursive: true });
    mkdirSync(at('elsewhere', 'libfolder.so'), { recursive: true });
    mkdirSync(at('closed'));
    for (const name of [
      ['opt', 'plugin', 'b.so'],
      ['opt', 'plugin', 'a.so'],
      ['opt', 'plugin', 'a.dylib'],
      ['opt', 'plugin', 'a.dll'],
      ['opt', 'plugin', 'a.so.1'],
      ['opt', 'plugin', '.so'],
      ['opt', 'plugin', 'deep', 'er', 'c.so'],
      ['elsewhere', 'd.so'],
      ['elsewhere', 'odd.name'],
    ]) {
      writeFileSync(at(...name), '');
    }
    symlinkSync(at('elsewhere', 'd.so'), at('opt', 'plugin', 'link.so'));
    symlinkSync(at('nowhere'), at('opt', 'plugin', 'dangling.so'));
    symlinkSync(at('elsewhere'), at('opt', 'plugin', 'folder-link'));
    symlinkSync(at(), at('opt', 'plugin', 'deep', 'loop'));
  });
  afterAll(() => {
    chmodSync(at('closed'), 0o700);
    rmSync(folder, { recursive: true, force: true });
  });

  const find = (platform: NodeJS.Platform, variables: Record<string, string> = {}, more: string[] = []) =>
    findPlugins({
      platform,
      variables,
      home: at('home'),
      library: at('opt', 'lib', 'libwasmedge.so'),
      paths: more,
    }).map(({ path, place }) => [path.slice(folder.length + 1), place.source]);

  it('are found in folders of folders, with links to files and without links to folders', () => {
    expect(find('linux')).toEqual([
      ['opt/plugin/a.so', 'library'],
      ['opt/plugin/b.so', 'library'],
      ['opt/plugin/link.so', 'library'],
      ['opt/plugin/deep/er/c.so', 'library'],
    ]);
    expect(find('darwin')).toEqual([['opt/plugin/a.dylib', 'library']]);
  });

  it('come in the order of the places, those that were named first', () => {
    chmodSync(at('closed'), 0);
    const variables = {
      WASMEDGE_PLUGIN_PATH: `${at('nowhere')}:${at('closed')}::${at('elsewhere', 'd.so')}:`,
    };
    expect(find('linux', variables, [at('elsewhere', 'odd.name'), at('elsewhere')]).slice(0, 4)).toEqual([
      ['elsewhere/odd.name', 'option'],
      ['elsewhere/d.so', 'option'],
      ['elsewhere/d.so', 'variable'],
      ['opt/plugin/a.so', 'library'],
    ]);
    // A file of the variable needs the suffix, as for WasmEdge.
    expect(find('linux', { WASMEDGE_PLUGIN_PATH: at('elsewhere', 'odd.name') })[0]).toEqual([
      'opt/plugin/a.so',
      'library',
    ]);
  });
});
