// @ts-check
// Every plug-in of ours, a plug-in and host modules of a program's own: made again in a worker thread from what was posted, they do there what they do inline. Uses the built files.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../lib/repository.mjs';
import { runJob } from './run-job.mjs';
import { counted, fixed } from './user-modules.mjs';

/** @param {string} path */
const at = (path) => pathToFileURL(join(repositoryRoot, path)).href;
/** @param {string} path @returns {Promise<Record<string, any>>} */
const load = (path) => import(at(path));

const core = await load('packages/core/dist/index.js');
const { processPlugin } = await load('packages/process/dist/index.js');
const { wasiCryptoPlugin } = await load('packages/wasi-crypto/dist/index.js');
const { httpsReqPlugin } = await load('packages/httpsreq/dist/index.js');
const { getString } = await load('examples/get-string/dist/index.js');

const missing = await core.findWasmEdge().then(
  () => undefined,
  (/** @type {Error} */ error) => error.message.split('\n')[0],
);
const required = (process.env.CI_REQUIRE ?? '').includes('wasmedge');
const onWasmEdge = it.skipIf(missing !== undefined && !required);

/** @type {string[]} */
const built = [];
afterAll(() => built.forEach((file) => void rmSync(dirname(file), { recursive: true, force: true })));

/** The stand-in of a package's native plug-in. @param {string} name */
async function standIn(name) {
  const { buildStandIn } = await load(`packages/${name}/conformance/build-stand-in.ts`);
  const file = await buildStandIn();
  built.push(file);
  return file;
}

/**
 * @param {import('./run-job.mjs').Job} job
 * @param {{ plugins?: readonly any[], hostModules?: readonly any[] }} set
 */
async function inlineAndElsewhere(job, set) {
  const inline = await runJob(job, set);
  const there = await new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.mjs', import.meta.url), {
      workerData: { job, packed: core.packPlugins(set) },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(there).toEqual(inline);
  return inline;
}

const commandRunner = {
  guest: at('packages/process/conformance/command-runner.wasm'),
  args: ['--stdin', '--env', 'MY_A', '1', '--', 'sh', '-c', 'cat; echo "$MY_A" >&2; exit 7'],
};
const ran = { done: 7, stdout: 'from the host', stderr: '1\n' };

describe.each(/** @type {const} */ (['v8', 'wasmedge']))('on engine %s', (engine) => {
  const run = engine === 'wasmedge' ? onWasmEdge : it;

  run('the process plug-in with all of its options', async () => {
    const plugin = processPlugin({
      allowCommands: ['sh'],
      allowAllCommands: false,
      allowEnv: ['LANG', 'MY_*'],
      maxOutputBytes: 1000,
      maxPendingBytes: 2000,
      provider: 'embedded',
    });
    expect(await inlineAndElsewhere({ engine, ...commandRunner }, { plugins: [plugin] })).toMatchObject(ran);
    // What is not allowed here is not allowed there either.
    const { done, stderr } = await inlineAndElsewhere(
      { engine, ...commandRunner },
      { plugins: [processPlugin({ allowCommands: ['sh'], allowEnv: ['LANG'] })] },
    );
    expect(done).not.toBe(7);
    expect(stderr).toContain('MY_A');
  });

  run.each([
    { key: new Uint8Array(32).fill(7) },
    { key: Buffer.alloc(32, 7) },
    { passphrase: 'correct horse battery staple' },
  ])('the WASI-Crypto plug-in with all of its options', async (secret) => {
    const secrets = { path: join(mkdtempSync(join(tmpdir(), 'elsewhere-')), 'keys.bin'), ...secret };
    built.push(secrets.path);
    const plugin = wasiCryptoPlugin({ secrets, maxHandles: 100, maxStoredBytes: 1 << 20 });
    const guest = at('packages/wasi-crypto/conformance/crypto-script.wasm');
    const args = ['hash', 'SHA-256', '32', '616263'];
    const { stdout } = await inlineAndElsewhere({ engine, guest, args }, { plugins: [plugin] });
    // FIPS 180-2, appendix B.1.
    expect(stdout).toContain('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  run('the HttpsReq plug-in with all of its options', async () => {
    const pem = readFileSync(
      join(repositoryRoot, 'packages/httpsreq/conformance/certificates/authority.pem'),
    );
    const hooks = new URL('./hooks.mjs', import.meta.url);
    const plugin = httpsReqPlugin({
      allowHosts: ['allowed.example:*'],
      allowAddresses: ['127.0.0.0/8'],
      allowPrivateAddresses: false,
      ca: [pem, pem.toString()],
      trustSystemCertificates: false,
      pins: ['ab'.repeat(32)],
      dangerouslyAcceptAnyCertificate: false,
      connectTimeoutMs: 1000,
      timeoutMs: 2000,
      maxResponseBytes: 3000,
      maxRequestBytes: 4000,
      proxy: new URL('http://user:word@127.0.0.1:9'),
      onRequest: { module: hooks, export: 'refuse' },
      onResponse: { module: hooks.href, export: 'seen' },
    });
    const request = 'GET /asked HTTP/1.1\r\nHost: allowed.example\r\n\r\n';
    const host = 'allowed.example';
    const job = {
      engine,
      guest: at('packages/httpsreq/conformance/raw-calls.wasm'),
      text: `${host}${request}other.example`,
      calls: /** @type {[string, ...number[]][]} */ ([
        ['send_data', 0, host.length, 8443, host.length, request.length],
        ['send_data', host.length + request.length, 13, 443, host.length, request.length],
      ]),
    };
    const { done } = await inlineAndElsewhere(job, { plugins: [plugin] });
    expect(done).toMatchObject(
      [/^RequestRefusedError: .*the hook saw \/asked/, /^HostNotAllowedError: .*other\.example/].map(
        (pattern) => expect.stringMatching(pattern),
      ),
    );
    const withFunction = httpsReqPlugin({ onRequest: () => true });
    expect(() => core.packPlugins({ plugins: [withFunction] })).toThrow(
      /onRequest of httpsReqPlugin\(\) is a function/,
    );
  });

  const shapes = (/** @type {string} */ file) =>
    new URL(at(`examples/image-classification/models/shapes.${file}`));
  const kinds = /** @type {const} */ ([
    ['openvino', 'openVINO', 'nchw', { xml: shapes('xml'), weights: shapes('bin') }],
    ['pytorch', 'pytorch', 'nchw', { file: shapes('pt') }],
    ['tflite', 'tflite', 'nhwc', { file: shapes('tflite') }],
  ]);
  run.each(kinds)('the backend %s, with models of URLs and of bytes', async (name, maker, layout, files) => {
    const { [maker]: make } = await load(`packages/wasi-nn-${name}/dist/index.js`);
    const { commandLine } = await load(`packages/wasi-nn-${name}/dist/cli.js`);
    const bytes = Object.entries(files).map(([part, url]) => [part, readFileSync(url)]);
    const plugin = make({
      models: { urls: files, bytes: { ...Object.fromEntries(bytes), target: 'cpu' } },
      guestModels: 'deny',
      maxGraphs: 5,
      tensorNumbering: 'auto',
    });
    const libraries = commandLine.libraries?.() ?? [];
    const missing = libraries.some((/** @type {any} */ each) => each.problem !== undefined && !each.optional);
    const job = {
      engine,
      guest: at('examples/image-classification/conformance/classify-image.wasm'),
      args: ['urls', layout, 'bytes', layout],
      stdin: Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => (index * 7) % 256),
      preopens: { models: join(repositoryRoot, 'examples/image-classification/models') },
    };
    const { done, stdout } = await inlineAndElsewhere(job, { plugins: [plugin] });
    // Without its library the guest is told so, here and there.
    expect(done === 0).toBe(!missing);
    if (!missing) expect(stdout).toMatch(/^urls.*\nbytes.*\n$/);
  });

  run('a plug-in of a package of somebody else', async () => {
    const calls = /** @type {[string, ...number[]][]} */ ([
      ['get_string', 16, 100, 8],
      ['number', 8],
      ['byte', 16],
    ]);
    const guest = at('examples/get-string/conformance/get-string.wasm');
    const set = { plugins: [getString({ string: 'übung', upper: true })] };
    const { done } = await inlineAndElsewhere({ engine, guest, calls }, set);
    expect(done).toEqual([undefined, 6, 0xc3]);
  });

  run('host modules of a program', async () => {
    // (module (import "fixed" "value" (func $a (result i32))) (import "counted" "value" (func $b (result i32)))
    //   (func (export "sum") (result i32) (i32.add (call $a) (call $b))))
    const guest = Buffer.from(
      'AGFzbQEAAAABBQFgAAF/Ah8CBWZpeGVkBXZhbHVlAAAHY291bnRlZAV2YWx1ZQAAAwIBAAcHAQNzdW0AAgoJAQcAEAAQAWoL',
      'base64',
    );
    const hostModules = [
      fixed,
      counted({
        base: 30,
        more: new Map([
          ['a', 2],
          ['b', 3],
        ]),
      }),
    ];
    const { done } = await inlineAndElsewhere({ engine, guest, calls: [['sum']] }, { hostModules });
    expect(done).toEqual([42]);
  });
});

describe('native plug-ins', () => {
  onWasmEdge('the process plug-in', { timeout: 120_000 }, async () => {
    const nativePath = await standIn('process');
    const job = /** @type {const} */ ({ engine: 'wasmedge', ...commandRunner });
    const plugin = processPlugin({ provider: 'native', nativePath, allowCommands: ['sh'], allowEnv: 'all' });
    const { plugins, ...outcome } = await inlineAndElsewhere(job, { plugins: [plugin] });
    expect(outcome).toEqual(ran);
    expect(plugins).toMatchObject([{ name: 'wasmedge_process', provider: 'native' }]);
    const any = core.nativePlugin({ path: nativePath, options: { 'allow-command': ['sh'] } });
    expect(await inlineAndElsewhere(job, { plugins: [any] })).toMatchObject(ran);
  });

  onWasmEdge('the WASI-Crypto plug-in', { timeout: 120_000 }, async () => {
    const plugin = wasiCryptoPlugin({ provider: 'native', nativePath: await standIn('wasi-crypto') });
    const guest = at('packages/wasi-crypto/conformance/crypto-script.wasm');
    const job = /** @type {const} */ ({
      engine: 'wasmedge',
      guest,
      args: ['hash', 'SHA-256', '32', '616263'],
    });
    const { plugins, stdout } = await inlineAndElsewhere(job, { plugins: [plugin] });
    expect(stdout).toContain('ba7816bf');
    expect(plugins).toMatchObject([{ name: 'wasi_crypto', provider: 'native' }]);
  });
});
