// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '../../lib/repository.mjs';

const program = fileURLToPath(new URL('overloaded-server-program.mjs', import.meta.url));
const picture = readFileSync(join(repositoryRoot, 'examples/image-classification/pictures/star-1.jpg'));
const size = 2;
const queue = 8;
/** Ten times as many at a time as there is room for. */
const clients = 10 * (size + queue);
const requestsOfClient = 5;

/**
 * The event loop of the example with Fastify, whose guests run in processes, against that of a server which does nothing, under ten times the load that
 * the first one takes. What is compared is not a time that work takes: it is how late the event loop is, at its 99th percentile.
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => Promise<void> }>}
 */
export async function openOverloadedServer() {
  const [ours, nothing] = await Promise.all([openServer('classifier'), openServer('nothing')]);
  return {
    comparisons: [
      {
        id: 'server-event-loop',
        title: 'Fastify, ten times the load: event-loop delay at p99, against handlers that do nothing',
        ours: ours.side,
        baseline: nothing.side,
        count: 1,
        rounds: 10,
      },
    ],
    close: async () => {
      await Promise.all([ours.close(), nothing.close()]);
    },
  };
}

/** @param {'classifier' | 'nothing'} kind */
async function openServer(kind) {
  const child = fork(program, [kind, String(size), String(queue)]);
  const heard = async () => /** @type {number} */ ((await once(child, 'message'))[0]);
  const ask = (/** @type {'begin' | 'end'} */ what) => {
    const answer = heard();
    child.send(what);
    return answer;
  };
  const port = await heard();
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  return {
    /** @type {import('../rounds.mjs').Side} */
    side: async () => {
      await ask('begin');
      const answers = await Promise.all(Array.from({ length: clients }, () => client(agent, port)));
      return { nanoseconds: await ask('end'), answer: answers.reduce((sum, count) => sum + count, 0) };
    },
    close: async () => {
      agent.destroy();
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}

/**
 * One client; how often it was answered as it should be.
 * @param {Agent} agent
 * @param {number} port
 */
async function client(agent, port) {
  let answered = 0;
  for (let number = 0; number < requestsOfClient; number++) {
    const status = await ask(agent, port, number % 2 === 0 ? '/guest' : '/session');
    if (status === 200 || status === 503) answered++;
  }
  return answered;
}

/**
 * @param {Agent} agent
 * @param {number} port
 * @param {string} path
 * @returns {Promise<number | undefined>} the status
 */
function ask(agent, port, path) {
  const headers = { 'Content-Type': 'image/jpeg', 'Content-Length': picture.byteLength };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    });
    sent.once('error', reject);
    sent.end(picture);
  });
}
