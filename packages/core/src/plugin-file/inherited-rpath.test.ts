import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compileText, forCompiler } from '../__fixtures__/compile-c.js';
import { inspectPluginFile } from './inspect-plugin-file.js';

// Where libraries of libraries are found. Expected: what the loader of this machine says, by ldd, and ld.so(8).

const hasLoader = process.platform === 'linux' && spawnSync('ldd', ['--version']).status === 0;

forCompiler(() => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inherited-rpath-'));
    mkdirSync(join(folder, 'deps'));
    mkdirSync(join(folder, 'far'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const rpath = (path: string) => [`-Wl,--disable-new-dtags,-rpath,${path}`];
  const runpath = (path: string) => [`-Wl,--enable-new-dtags,-rpath,${path}`];
  /** A library with a function of its name, which calls that of what it needs. */
  const build = (file: string, name: string, needs: string | undefined, flags: readonly string[] = []) => {
    const needed = needs === undefined ? [] : [join(folder, needs)];
    const other = needed.length === 0 ? '0' : `${needs?.replace(/.*lib|\.so.*/g, '')}()`;
    const declare = needed.length === 0 ? '' : `int ${other};`;
    const target = join(folder, file);
    const text = `${declare} int ${name}(void) { return ${other}; }`;
    return compileText(text, target, [...needed, '-Wl,--allow-shlib-undefined', ...flags]);
  };
  const soname = (name: string) => `-Wl,-soname,${name}`;

  /** Names that are not found: by the loader, and by the inspection. */
  const missing = (file: string) => {
    const { stdout } = spawnSync('ldd', [file], { encoding: 'utf8', env: { PATH: process.env.PATH } });
    const loader = [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
    const { libraries = [] } = inspectPluginFile(file);
    const inspected = libraries.filter(({ path }) => path === undefined).map(({ name }) => name);
    return { loader: [...new Set(loader)].sort(), inspected: inspected.sort() };
  };

  const kinds: Readonly<Record<string, { readonly make: () => string; readonly absent: readonly string[] }>> =
    {
      'a DT_RPATH is inherited': {
        make: () => {
          build('deps/libdeep.so', 'deep', undefined, [soname('libdeep.so')]);
          build('deps/libmid.so', 'mid', 'deps/libdeep.so', [soname('libmid.so')]);
          return build('libplugin.so', 'plugin', 'deps/libmid.so', rpath('$ORIGIN/deps'));
        },
        absent: [],
      },
      'a DT_RUNPATH is not inherited': {
        make: () => {
          build('deps/libdeep.so', 'deep', undefined, [soname('libdeep.so')]);
          build('deps/libmid.so', 'mid', 'deps/libdeep.so', [soname('libmid.so')]);
          return build('libplugin.so', 'plugin', 'deps/libmid.so', runpath('$ORIGIN/deps'));
        },
        absent: ['libdeep.so'],
      },
      'a library with a DT_RUNPATH does not look at an inherited DT_RPATH': {
        make: () => {
          build('deps/libdeep.so', 'deep', undefined, [soname('libdeep.so')]);
          build('deps/libmid.so', 'mid', 'deps/libdeep.so', [soname('libmid.so'), ...runpath('/nowhere')]);
          return build('libplugin.so', 'plugin', 'deps/libmid.so', rpath('$ORIGIN/deps'));
        },
        absent: ['libdeep.so'],
      },
      'a DT_RPATH is inherited past a library with a DT_RUNPATH': {
        make: () => {
          build('deps/libdeeper.so', 'deeper', undefined, [soname('libdeeper.so')]);
          build('far/libdeep.so', 'deep', 'deps/libdeeper.so', [soname('libdeep.so')]);
          build('deps/libmid.so', 'mid', 'far/libdeep.so', [
            soname('libmid.so'),
            ...runpath('$ORIGIN/../far'),
          ]);
          return build('libplugin.so', 'plugin', 'deps/libmid.so', rpath('$ORIGIN/deps'));
        },
        absent: [],
      },
      '$ORIGIN is the folder of the file that has the DT_RPATH': {
        make: () => {
          build('deps/libdeep.so', 'deep', undefined, [soname('libdeep.so')]);
          build('far/libmid.so', 'mid', 'deps/libdeep.so', [soname('libmid.so')]);
          // Relative to libmid.so, far/deps would be meant, which is not there.
          return build('libplugin.so', 'plugin', 'far/libmid.so', rpath('$ORIGIN/far:$ORIGIN/deps'));
        },
        absent: [],
      },
      'a library that is there answers to its own name': {
        make: () => {
          build('far/libdeep.so', 'deep', undefined, [soname('libdeep.so.7')]);
          // The second library needs libdeep.so.7, of which there is no file; the first brings it as libdeep.so.
          build('deps/libmid.so', 'mid', 'far/libdeep.so', [soname('libmid.so')]);
          build('far/libdeep.so', 'deep', undefined);
          const plugin = compileText(
            'int deep(void); int mid(void); int plugin(void) { return deep() + mid(); }',
            join(folder, 'libplugin.so'),
            [
              '-Lfar',
              `-L${join(folder, 'far')}`,
              '-Wl,--allow-shlib-undefined,--no-as-needed',
              '-ldeep',
              join(folder, 'deps/libmid.so'),
              ...rpath('$ORIGIN/far:$ORIGIN/deps'),
            ],
          );
          build('far/libdeep.so', 'deep', undefined, [soname('libdeep.so.7')]);
          return plugin;
        },
        absent: [],
      },
    };

  it.runIf(hasLoader).each(Object.entries(kinds))('%s', (_name, { make, absent }) => {
    const plugin = make();
    expect(missing(plugin)).toEqual({ loader: absent, inspected: absent });
  });

  it.runIf(hasLoader)('what is found by an inherited DT_RPATH with $ORIGIN comes with the plug-in', () => {
    const { libraries = [] } = inspectPluginFile(kinds['a DT_RPATH is inherited']?.make() ?? '');
    const own = Object.fromEntries(libraries.map((entry) => [entry.name, entry.own]));
    expect(own).toEqual({ 'libmid.so': true, 'libdeep.so': true });
  });
});
