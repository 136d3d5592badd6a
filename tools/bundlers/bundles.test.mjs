// @ts-check
// One program that needs helpers, in the bundles of every bundler, with all of the packages in them and with none.
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../lib/repository.mjs';
import { captureAsync } from '../lib/run.mjs';
import { bundlers } from './bundlers.mjs';
import { installCopies, writeGuests } from './project.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-bundles-'));
const certificates = join(repositoryRoot, 'packages/httpsreq/conformance/certificates');
const pem = readFileSync(join(certificates, 'good.pem'));
const server = createServer({ key: pem, cert: pem }, (_request, response) => response.end('hi\n'));

/** What the program prints wherever the packages are. */
const expected = {
  'a guest on v8': '0 hello',
  'a guest on wasmedge': '0 hello',
  'a time limit on wasmedge': 'ERR_GUEST_TIMEOUT',
  'a worker': '0 hello',
  'a time limit in a worker': 'ERR_GUEST_TIMEOUT',
  'a process': '0 hello',
  'a time limit in a process': 'ERR_GUEST_TIMEOUT',
  'a pool of workers': '0 hello,0 hello,0 hello',
  'a pool of processes': '0 hello,0 hello,0 hello',
  'code compiled ahead': 'false',
  'a command of a guest': '0 near',
  'a command of a client': 'client',
  'HTTPS of a guest': expect.stringMatching(/^0 status=200\n(.*\n)*body=hi$/),
  'HTTPS of a client': '200',
  // SHA-256 of "abc", as FIPS 180-2 has it.
  'WASI-Crypto of a guest': '0 ok:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'WASI-Crypto of a client': 'true',
};
const refused = expect.stringMatching(
  /^ERR_CANNOT_CROSS: .*package @wasmedge-plugins\/process cannot be found from file:.*\/alone\/.*also beside a bundle/,
);
/** A plug-in that is made again elsewhere needs its package. */
const inModes = {
  alone: { ...expected, 'a plug-in in a worker': refused, 'a plug-in in a process': refused },
  external: { ...expected, 'a plug-in in a worker': '0 far', 'a plug-in in a process': '0 far' },
};

beforeAll(async () => {
  const names = ['core', 'process', 'httpsreq', 'wasi-crypto'].map((name) => `@wasmedge-plugins/${name}`);
  installCopies(join(folder, 'project'), names);
  copyFileSync(join(here, 'program.mjs'), join(folder, 'project/program.mjs'));
  const made = await captureAsync(process.execPath, [join(here, 'bundlers.mjs'), folder]);
  expect(made.code, made.output).toBe(0);
  // Nothing is to be found where the bundles were made.
  renameSync(join(folder, 'project'), join(folder, 'moved'));
  const core = createRequire(import.meta.url).resolve('@wasmedge-plugins/core/package.json');
  mkdirSync(join(folder, 'alone/node_modules'));
  symlinkSync(join(dirname(core), 'node_modules/koffi'), join(folder, 'alone/node_modules/koffi'));
  symlinkSync(join(folder, 'moved/node_modules'), join(folder, 'external/node_modules'));
  await writeGuests(join(folder, 'guests'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
}, 300_000);

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @param {string} cwd @param {string} file */
async function answersOf(cwd, file) {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    NODE_PATH: '',
    GUESTS: join(folder, 'guests'),
    PORT: String(port),
    AUTHORITY: readFileSync(join(certificates, 'authority.pem'), 'utf8'),
    XDG_CACHE_HOME: mkdtempSync(join(folder, 'cache-')),
  };
  const { code, output } = await captureAsync(process.execPath, [file], { cwd, env });
  expect(code, output).toBe(0);
  return output;
}

describe.each(Object.entries(bundlers))('%s', (name, { extension }) => {
  test.concurrent.each(['alone', 'external'])('%s', { timeout: 300_000 }, async (mode) => {
    // From a folder in which nothing is installed.
    const output = await answersOf(tmpdir(), join(folder, mode, name, `program${extension}`));
    const lines = output
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('['));
    expect(Object.fromEntries(lines.map((line) => JSON.parse(line)))).toEqual(
      inModes[/** @type {keyof typeof inModes} */ (mode)],
    );
    // CommonJS that requires modules is experimental in Node.js 20, which says so.
    const others = output
      .split('\n')
      .filter((line) => !/^(\[.*|.*ExperimentalWarning.*|\(Use .node --trace-warnings.*|)$/.test(line));
    expect(others).toEqual([]);
  });
});
