// @ts-check
// What a page tells its reader to type, from an empty folder on. A fence with "file=NAME" is that file, one with "typed" is run in a
// shell, and "output" is what the command before it prints. "typed serve" is a server: it stays until the page has been followed.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { captureAsync } from '../lib/run.mjs';
import { flagValue } from './markdown.mjs';
import { lacking } from './needs.mjs';

/** @typedef {import('./markdown.mjs').Block} Block */

/** The port that pages name; a free one takes its place. */
const writtenPort = /\b8080\b/g;

/** Whether a page has something to type. @param {readonly Block[]} blocks */
export const isTyped = (blocks) => blocks.some(({ flags }) => flags.includes('typed'));

/** The packages of this project that a page installs. @param {readonly Block[]} blocks */
export function installedByPage(blocks) {
  const lines = blocks.filter(({ flags }) => flags.includes('typed')).flatMap(({ code }) => code.split('\n'));
  const installs = lines.filter((line) => line.startsWith('npm install')).join(' ');
  return [...new Set(installs.match(/@wasmedge-plugins\/[\w-]+/g) ?? [])];
}

/**
 * Does what a page says.
 *
 * @param {readonly Block[]} blocks
 * @param {object} options
 * @param {string} options.folder
 * @param {(code: string) => NodeJS.ProcessEnv} options.environmentOf
 * @param {(line: string) => string} options.asInstalled makes a line that begins with `npm install` install what is tested
 * @returns {Promise<string[]>} what was left out, and why
 * @throws {Error} when a command fails or prints something else
 */
export async function typePage(blocks, { folder, environmentOf, asInstalled }) {
  const port = String(await freePort());
  /** @type {(() => void)[]} */
  const servers = [];
  const leftOut = [];
  let printed = '';
  try {
    for (const block of blocks) {
      const [file, needs] = [flagValue(block, 'file'), flagValue(block, 'needs')];
      const code = block.code.replaceAll(writtenPort, port);
      const lacks = lacking({ needs });
      if (lacks !== undefined) {
        leftOut.push(`line ${block.line}: ${lacks}`);
      } else if (file !== undefined) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), code);
      } else if (block.flags.includes('typed')) {
        const typed = code.replaceAll(/^npm install .*$/gm, asInstalled);
        const place = { folder, environment: environmentOf(code), line: block.line };
        if (block.flags.includes('serve')) servers.push(await serve(typed, place));
        else printed = await type(typed, place);
      } else if (block.flags.includes('output') && printed.trimEnd() !== code.trimEnd()) {
        throw new Error(`Line ${block.line} says that this is printed:\n${code}It is:\n${printed}`);
      }
    }
    return leftOut;
  } finally {
    for (const end of servers) end();
  }
}

/** @typedef {{ folder: string, environment: NodeJS.ProcessEnv, line: number }} Place */

/** @param {string} code @param {Place} place @returns {Promise<string>} its standard output */
async function type(code, { folder, environment, line }) {
  const options = { cwd: folder, env: environment, timeoutMs: 300_000 };
  const result = await captureAsync('sh', ['-e', '-c', code], options);
  if (result.code !== 0)
    throw new Error(`Line ${line} ended with ${result.code}:\n${code}\n${result.output}`);
  return result.stdout;
}

/** Starts a server; it has started when it prints something. @param {string} code @param {Place} place @returns {Promise<() => void>} what ends it */
function serve(code, { folder, environment, line }) {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `exec ${code}`], { cwd: folder, env: environment, stdio: 'pipe' });
    let errors = '';
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.stdout.once('data', () => resolve(() => child.kill()));
    child.once('error', reject);
    child.once('close', (status) =>
      reject(new Error(`The server of line ${line} ended with ${status}:\n${errors}`)),
    );
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
