// @ts-check
// What loads the packages besides an import of Node.js: require, tsx, Jest, vitest; and Node.js with its permission model.
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicPackages, repositoryRoot } from '../lib/repository.mjs';
import { captureAsync } from '../lib/run.mjs';
import { programs } from './programs.mjs';
import { writeGuests } from './project.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wasmedge-plugins-loaders-')));

beforeAll(async () => {
  await writeGuests(folder);
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{}\n');
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @param {readonly string[]} args @param {NodeJS.ProcessEnv} [more] */
function node(args, more = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NODE_OPTIONS: '', NODE_PATH: '', GUESTS: folder, ...more };
  // Of the test runner's own, by which another one would take itself for one of its workers.
  for (const name of Object.keys(env)) if (/^(VITEST|JEST)/.test(name)) delete env[name];
  return captureAsync(process.execPath, [...args], { cwd: folder, env });
}

/** @param {string} output without the warnings of Node.js about itself, and about tsx (DEP0205, from Node.js 26 on) */
const withoutWarnings = (output) =>
  output
    .split('\n')
    .filter(
      (line) =>
        !/ExperimentalWarning|SecurityWarning|DEP0205|^\(Use `node --trace-(warnings|deprecation)/.test(line),
    )
    .join('\n');

describe.each(publicPackages().filter(({ manifest }) => manifest.exports?.['.']))(
  '$name',
  ({ folder: cwd, name, manifest }) => {
    test('is required: no module of it awaits while it loads', async () => {
      // vitest itself cannot be required.
      const entries = Object.entries(manifest.exports)
        .filter(([entry, target]) => typeof target === 'object' && !entry.includes('vitest'))
        .map(([entry]) => entry);
      const text = `for (const entry of ${JSON.stringify(entries)}) require(${JSON.stringify(name)} + entry.slice(1)); console.log('loaded')`;
      const { code, output } = await captureAsync(process.execPath, ['-e', text], { cwd });
      expect(code, output).toBe(0);
      // Node.js 20 says that this is experimental there; later versions do not, and nor does anything of the packages.
      expect(major === 20 ? withoutWarnings(output) : output).toBe('loaded\n');
    });
  },
);

test.each(['program.cjs', ...(major >= 24 ? ['program.mts'] : [])])('Node.js runs %s', async (file) => {
  const { code, output } = await node([file]);
  expect(code, output).toBe(0);
  expect(withoutWarnings(output)).toBe('0 0 0 0 hello\n');
});

test.each(['program.mts', 'program.cts'])('tsx runs %s', async (file) => {
  const { code, output } = await node(['--import', 'tsx', file]);
  expect(code, output).toBe(0);
  expect(withoutWarnings(output)).toBe('0 0 0 0 hello\n');
});

describe('Jest', () => {
  const bin = join(here, 'node_modules/jest/bin/jest.js');
  const common = { moduleFileExtensions: ['mjs', 'js', 'cjs', 'json'], transform: {} };
  const jest = (/** @type {object} */ config, /** @type {readonly string[]} */ flags) =>
    node([
      ...flags,
      bin,
      '--no-cache',
      '--rootDir',
      folder,
      '--config',
      JSON.stringify({ ...common, ...config }),
    ]);

  test('runs tests that are ES modules', async () => {
    const { code, output } = await jest({ testMatch: ['**/jest.test.mjs'] }, ['--experimental-vm-modules']);
    expect(code, output).toBe(0);
    expect(output).toMatch(/Tests:\s+1 passed/);
  });

  test('runs tests of CommonJS, with a transform of the packages', async () => {
    const config = {
      testMatch: ['**/jest.test.cjs'],
      transform: { '\\.js$': join(folder, 'jest-transform.cjs') },
      transformIgnorePatterns: [],
    };
    const { code, output } = await jest(config, []);
    expect(code, output).toBe(0);
    expect(output).toMatch(/Tests:\s+1 passed/);
  });

  test.runIf(major > 24 || (major === 24 && minor >= 9))('runs tests of CommonJS as they are', async () => {
    const { code, output } = await jest({ testMatch: ['**/jest.test.cjs'] }, ['--experimental-vm-modules']);
    expect(code, output).toBe(0);
    expect(output).toMatch(/Tests:\s+1 passed/);
  });
});

test('vitest runs a test of an installed package', async () => {
  const bin = join(repositoryRoot, 'node_modules/vitest/vitest.mjs');
  const { code, output } = await node([bin, 'run', '--root', folder, 'vitest.test.ts'], { NO_COLOR: '1' });
  expect(code, output).toBe(0);
  expect(output).toMatch(/Tests\s+1 passed/);
});

describe('the permission model, with LiteRT.js only', () => {
  const permission = major < 22 ? '--experimental-permission' : '--permission';
  const reading = [repositoryRoot, folder].map((place) => `--allow-fs-read=${place}/*`);
  const setup = {
    MODEL: join(repositoryRoot, 'packages/wasi-nn-tflite/conformance/models/add.tflite'),
    OPTIONS: JSON.stringify({ runtime: 'litert' }),
  };

  test('takes reading the program, and workers: no addons, no processes, no writing', async () => {
    const { code, output } = await node([permission, ...reading, '--allow-worker', 'model.mjs'], setup);
    expect(code, output).toBe(0);
    expect(withoutWarnings(output)).toBe('2,4,6,8,10,12\n');
  });

  test('names what is denied without workers', async () => {
    const { code, output } = await node([permission, ...reading, 'model.mjs'], setup);
    expect(code).toBe(1);
    expect(output).toMatch(/ERR_BLOCKING_CALL|BlockingCallError/);
    expect(output).toContain("permission: 'WorkerThreads'");
  });
});
