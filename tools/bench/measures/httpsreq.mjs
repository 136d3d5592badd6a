// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRuntime, signature } from '@wasmedge-plugins/core';
import { httpsReqPlugin } from '@wasmedge-plugins/httpsreq';
import { repositoryRoot } from '../../lib/repository.mjs';
import { openHttpsClient } from './https-client.mjs';

const conformance = join(repositoryRoot, 'packages/httpsreq/conformance');
const program = fileURLToPath(new URL('https-server.mjs', import.meta.url));
const smallBytes = 100;
const largeBytes = 10 * 1024 * 1024;
const crateRequests = 10;

/** @typedef {import('../rounds.mjs').Side} Side */

/**
 * Requests of guests against `https.request` of Node.js, both with a new connection and a full TLS handshake each time.
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => void }>}
 */
export async function openHttpsReq() {
  const ca = readFileSync(join(conformance, 'certificates/authority.pem'), 'utf8');
  const server = fork(program, [readFileSync(join(conformance, 'certificates/good.pem'), 'utf8')]);
  const [port] = /** @type {[number]} */ (await once(server, 'message'));
  const rules = { allowHosts: [`127.0.0.1:${port}`], ca, proxy: 'none' };
  const raw = await openRawCalls(rules, port);
  const command = await openCrateCommand(rules, port);
  const client = openHttpsClient(rules, port, smallBytes);
  const close = () => {
    raw.close();
    command.close();
    client.close();
    server.disconnect();
  };
  const comparisons = [
    {
      id: 'httpsreq-request',
      title: 'httpsreq: request, new connection',
      ours: raw.side(smallBytes),
      baseline: plainSide(port, ca, smallBytes),
      count: 5,
    },
    {
      id: 'httpsreq-client',
      title: 'httpsreq: request of the client, new connection',
      ours: client.side,
      baseline: plainSide(port, ca, smallBytes),
      count: 5,
    },
    {
      id: 'httpsreq-crate-request',
      title: 'httpsreq: request of the crate http_req_wasi, new connection',
      ours: command.side,
      baseline: plainSide(port, ca, smallBytes),
      count: crateRequests,
      rounds: 25,
    },
    {
      id: 'httpsreq-download',
      title: 'httpsreq: response of 10 MiB, new connection',
      ours: raw.side(largeBytes),
      baseline: plainSide(port, ca, largeBytes),
      count: 1,
      rounds: 40,
    },
  ];
  await warmUp(comparisons);
  return { comparisons, close };
}

/**
 * A guest that asks through the plug-in and takes each response into its memory.
 * @param {import('@wasmedge-plugins/httpsreq').HttpsReqPluginOptions} rules
 * @param {number} port
 */
async function openRawCalls(rules, port) {
  const runtime = await createRuntime({ plugins: [httpsReqPlugin(rules)] });
  const { exports } = runtime.instantiate(readFileSync(join(conformance, 'raw-calls.wasm')), {
    exports: {
      send_data: signature(['i32', 'i32', 'i32', 'i32', 'i32'], []),
      get_rcv: signature(['i32'], []),
      get_rcv_len: signature([], ['i32']),
      store: signature(['i32', 'i32'], []),
      load: signature(['i32'], ['i32']),
      grow: signature(['i32'], ['i32']),
    },
  });
  exports.grow(largeBytes / 65536);
  const store = (/** @type {number} */ offset, /** @type {string} */ text) => {
    for (let i = 0; i < text.length; i++) exports.store(offset + i, text.charCodeAt(i));
    return text.length;
  };
  const host = store(0, '127.0.0.1');
  return {
    close: () => runtime[Symbol.dispose](),
    /**
     * @param {number} bodyBytes
     * @returns {Side}
     */
    side: (bodyBytes) => (count) => {
      const text = `GET /${bodyBytes} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
      const length = store(100, text);
      let answer = 0;
      const begin = process.hrtime.bigint();
      for (let i = 0; i < count; i++) {
        exports.send_data(0, host, port, 100, length);
        exports.get_rcv(4096);
        // The last byte of the body.
        answer += exports.load(4096 + exports.get_rcv_len() - 1);
      }
      return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
    },
  };
}

/**
 * A command that makes requests through the crate, look-up and socket included.
 * @param {import('@wasmedge-plugins/httpsreq').HttpsReqPluginOptions} rules
 * @param {number} port
 */
async function openCrateCommand(rules, port) {
  const bytes = readFileSync(join(conformance, 'http-req-wasi-client.wasm'));
  const args = ['--repeat', String(crateRequests), '--show-body', `https://127.0.0.1:${port}/${smallBytes}`];
  const runtime = await createRuntime({
    plugins: [httpsReqPlugin(rules)],
    wasi: { args, stdout: 'capture' },
  });
  /** @type {Side} */
  const side = () => {
    const begin = process.hrtime.bigint();
    runtime.run(bytes);
    const nanoseconds = Number(process.hrtime.bigint() - begin);
    const found = new TextDecoder().decode(runtime.stdout).match(/^body=x{100}$/gm)?.length ?? 0;
    return { nanoseconds, answer: found * 'x'.charCodeAt(0) };
  };
  return { side, close: () => runtime[Symbol.dispose]() };
}

/**
 * Compiles the code of both sides: each runs on a thread that has not run it before.
 * @param {import('../rounds.mjs').Comparison[]} comparisons
 */
async function warmUp(comparisons) {
  for (const { ours, baseline, count } of comparisons) {
    for (let i = 0; i < 10; i++) {
      await ours(count);
      await baseline?.(count);
    }
  }
}

/**
 * @param {number} port
 * @param {string} ca
 * @param {number} bodyBytes
 * @returns {Side}
 */
function plainSide(port, ca, bodyBytes) {
  return async (count) => {
    let answer = 0;
    const begin = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
      const body = await getPlain(port, ca, bodyBytes);
      answer += body[bodyBytes - 1] ?? 0;
    }
    return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
  };
}

/**
 * @param {number} port
 * @param {string} ca
 * @param {number} bodyBytes
 * @returns {Promise<Buffer>}
 */
function getPlain(port, ca, bodyBytes) {
  return new Promise((resolve, reject) => {
    // Without an agent nothing is kept: no connection and no TLS session.
    const asked = request(
      { host: '127.0.0.1', port, path: `/${bodyBytes}`, ca, agent: false },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.once('end', () => resolve(Buffer.concat(chunks)));
        response.once('error', reject);
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}
