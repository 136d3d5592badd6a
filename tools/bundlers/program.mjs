// What is bundled: everything of the packages that needs a file of theirs besides the code that is imported. Prints a line of JSON for each step.
import { compileAhead, createPool, createRuntime } from '@wasmedge-plugins/core';
import { createHttpsClient, httpsReqPlugin } from '@wasmedge-plugins/httpsreq';
import { createProcessClient, processPlugin } from '@wasmedge-plugins/process';
import { createCryptoClient, wasiCryptoPlugin } from '@wasmedge-plugins/wasi-crypto';

const { GUESTS: guests, PORT: port, AUTHORITY: authority, STEPS: chosen } = process.env;
const text = (bytes) => new TextDecoder().decode(bytes).trim();
const guest = (name) => `${guests}/${name}.wasm`;
const certificates = { allowHosts: [`127.0.0.1:${port}`], ca: authority, proxy: 'none' };
const commands = { allowCommands: ['echo'] };
const captured = { stdout: 'capture', stderr: 'capture', stdin: 'ignore' };

async function runIn(options, name, args = []) {
  const runtime = await createRuntime({ ...options, wasi: { ...captured, args } });
  try {
    const exitCode = await runtime.run(guest(name));
    return `${exitCode} ${text(runtime.stdout)}`;
  } finally {
    await (runtime[Symbol.asyncDispose] ?? runtime[Symbol.dispose]).call(runtime);
  }
}

async function endsIn(options) {
  const limits = { timeoutMs: 300, ...options.limits };
  return runIn({ ...options, limits }, 'endless').catch((error) => error.code);
}

async function pooled(placement) {
  const pool = createPool({ placement, size: 2, guest: guest('hello') });
  try {
    const answers = await Promise.all([pool.run(), pool.run(), pool.run()]);
    return answers.map(({ exitCode, stdout }) => `${exitCode} ${text(stdout)}`).join();
  } finally {
    await pool[Symbol.asyncDispose]();
  }
}

/** Also says how an error's stack is shown, which is not to have the text of a program in it. */
async function madeElsewhere(placement) {
  try {
    return await runIn({ placement, plugins: [processPlugin(commands)] }, 'command-runner', ['echo', 'far']);
  } catch (error) {
    return `${error.code}: ${error.message}`;
  }
}

const steps = {
  'a guest on v8': () => runIn({}, 'hello'),
  'a guest on wasmedge': () => runIn({ engine: 'wasmedge' }, 'hello'),
  'a time limit on wasmedge': () => endsIn({}),
  'a worker': () => runIn({ placement: 'worker' }, 'hello'),
  'a time limit in a worker': () => endsIn({ placement: 'worker', engine: 'wasmedge' }),
  'a process': () => runIn({ placement: 'process', limits: { memoryBytes: 2 ** 30 } }, 'hello'),
  'a time limit in a process': () => endsIn({ placement: 'process', engine: 'wasmedge' }),
  'a pool of workers': () => pooled('worker'),
  'a pool of processes': () => pooled('process'),
  'code compiled ahead': async () => {
    const { wasCached } = await compileAhead(guest('hello'), { level: 0 });
    return `${wasCached}`;
  },
  'a command of a guest': () =>
    runIn({ plugins: [processPlugin(commands)] }, 'command-runner', ['echo', 'near']),
  'a command of a client': () => {
    const client = createProcessClient(commands);
    const { stdout } = client.run('echo', ['client']);
    client[Symbol.dispose]();
    return text(stdout);
  },
  'HTTPS of a guest': () =>
    runIn({ plugins: [httpsReqPlugin(certificates)] }, 'http-req-wasi-client', [
      '--show-body',
      `https://127.0.0.1:${port}/`,
    ]),
  'HTTPS of a client': () => {
    const client = createHttpsClient(certificates);
    const { status } = client.request(`https://127.0.0.1:${port}/`);
    client[Symbol.dispose]();
    return `${status}`;
  },
  'WASI-Crypto of a guest': () =>
    runIn({ plugins: [wasiCryptoPlugin()] }, 'crypto-script', ['hash', 'SHA-256', '32', '616263']),
  'WASI-Crypto of a client': async () => {
    const client = await createCryptoClient();
    const pair = client.generateKeyPair('Ed25519');
    const message = new TextEncoder().encode('signed');
    const answer = client.verify(pair.publicKey(), message, client.sign(pair, message));
    client[Symbol.dispose]();
    return `${answer}`;
  },
  'a plug-in in a worker': () => madeElsewhere('worker'),
  'a plug-in in a process': () => madeElsewhere('process'),
};

async function main() {
  for (const [name, step] of Object.entries(steps)) {
    if (chosen !== undefined && !chosen.split(',').includes(name)) continue;
    let answer;
    try {
      answer = await step();
    } catch (error) {
      answer = `${error.code} ${error.message}`;
    }
    console.log(JSON.stringify([name, answer]));
  }
}

main();
