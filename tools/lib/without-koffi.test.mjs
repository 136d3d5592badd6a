// @ts-check
// koffi has no binary for some systems, and addons may be forbidden: it is loaded when something native is first asked for.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { publicPackages } from './repository.mjs';

const packages = publicPackages();

/** Hides koffi, as from a system for which it has no binary. */
const hideKoffi = `
import Module from 'node:module';
const load = Module._load;
Module._load = function (request, ...rest) {
  if (/^koffi(\\/|$)/.test(request)) throw new Error('Cannot find the native Koffi module; did you bundle it correctly?');
  return load.call(this, request, ...rest);
};
`;

/** Runs a program without koffi. @param {string} program @param {NodeJS.ProcessEnv} [environment] */
function runWithoutKoffi(program, environment = {}) {
  const hook = `data:text/javascript,${encodeURIComponent(hideKoffi)}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', hook, '--input-type=module', '-e', program],
    { encoding: 'utf8', timeout: 120_000, env: { ...process.env, NODE_OPTIONS: '', ...environment } },
  );
  return { status, output: stdout + stderr };
}

/** URLs of what a package exports, but for what test runners import. @param {typeof packages[number]} entry */
function exportedModules({ folder, manifest: { exports = {} } }) {
  const places = Object.entries(
    /** @type {Record<string, { default?: string, import?: string } | string>} */ (exports),
  );
  return places.flatMap(([name, target]) => {
    const file = typeof target === 'string' ? target : (target.default ?? target.import);
    const isModule = file !== undefined && /^\.\/dist\/.*\.js$/.test(file) && !/vitest|worker/.test(name);
    return isModule ? [pathToFileURL(join(folder, file)).href] : [];
  });
}

/** The URL of a package's main module. @param {string} name */
function mainOf(name) {
  const entry = /** @type {typeof packages[number]} */ (
    packages.find((each) => each.name.endsWith(`/${name}`))
  );
  return exportedModules(entry)[0];
}

it('every module that packages export is imported without koffi', () => {
  const modules = packages.flatMap(exportedModules);
  expect(modules.length).toBeGreaterThan(packages.length);
  const program = `
    let count = 0;
    for (const url of ${JSON.stringify(modules)}) {
      try { await import(url); count++; } catch (error) { console.log(url, error.message); }
    }
    console.log(count);`;
  expect(runWithoutKoffi(program)).toEqual({ status: 0, output: `${modules.length}\n` });
});

describe('without koffi', () => {
  const path = (/** @type {string} */ file) => JSON.stringify(join(packages[0]?.folder ?? '', '..', file));
  const sample = path('wasi-nn-tflite/samples/digits.tflite');
  // Any file has its name: the library is not looked at, since nothing could call it.
  const found = { WASMEDGE_PLUGINS_TENSORFLOW_LITE: join(packages[0]?.folder ?? '', 'package.json') };

  it('a model of TensorFlow Lite runs on LiteRT.js, also where the C library is found', () => {
    const program = `
      const { tflite } = await import(${JSON.stringify(mainOf('wasi-nn-tflite'))});
      const { zeros } = await import(${JSON.stringify(mainOf('wasi-nn'))});
      const session = await tflite().session({ file: ${sample} });
      console.log(session.run([zeros('f32', [1, 28, 28, 1])]).scores.data.length);
      session[Symbol.dispose]();`;
    const { status, output } = runWithoutKoffi(program, found);
    expect(status).toBe(0);
    expect(output).toMatch(/^10$/m);
    expect(output).toMatch(/warn: .*koffi, which calls C libraries, cannot be loaded/);
  });

  it.each([
    ['wasi-nn-openvino', 'openVINO', `{ xml: ${sample}, weights: ${sample} }`, 'WASMEDGE_PLUGINS_OPENVINO'],
    ['wasi-nn-tflite', 'tflite', `{ file: ${sample} }`, 'WASMEDGE_PLUGINS_TENSORFLOW_LITE'],
  ])('a session of %s says that koffi is missing', (name, create, source, variable) => {
    const options = name === 'wasi-nn-tflite' ? "{ runtime: 'native-library' }" : '';
    const program = `
      const made = await import(${JSON.stringify(mainOf(name))});
      await made.${create}(${options}).session(${source}).catch((error) => console.log(error.code, error.message));`;
    const { status, output } = runWithoutKoffi(program, {
      [variable]: found.WASMEDGE_PLUGINS_TENSORFLOW_LITE,
    });
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringMatching(
        /^ERR_BACKEND_UNAVAILABLE .*koffi, which calls C libraries, cannot be loaded.*Install koffi/,
      ),
    });
  });
});
