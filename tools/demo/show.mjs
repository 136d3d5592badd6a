// @ts-check
import { performance } from 'node:perf_hooks';
import { findWasmEdge, LibraryNotFoundError, LibraryVersionError } from '@wasmedge-plugins/core';
import { demonstrations as crypto } from './crypto.mjs';
import { demonstrations as https } from './https.mjs';
import { demonstrations as neuralNetwork } from './neural-network.mjs';
import { demonstrations as pool } from './pool.mjs';
import { demonstrations as processes } from './process.mjs';

const demonstrations = [...processes, ...crypto, ...neuralNetwork, ...https, ...pool];

/** Shows everything on each engine that is there, a line for each answer. @returns {Promise<boolean>} whether all were as expected */
export async function show() {
  let wrong = await showOn('v8', `v8 ${process.versions.v8.split('-')[0]}`);
  const library = await findWasmEdge().catch((error) => {
    if (LibraryNotFoundError.isInstance(error)) return undefined;
    if (LibraryVersionError.isInstance(error)) return undefined;
    throw error;
  });
  if (library === undefined) {
    console.log(
      'wasmedge: left out, since no libwasmedge that is supported was found; "npx wasmedge-plugins doctor" says more.',
    );
  } else {
    wrong += await showOn('wasmedge', `wasmedge ${library.version}`);
  }
  console.log(wrong === 0 ? 'All answers are as expected.' : `${wrong} answers are NOT as expected.`);
  return wrong === 0;
}

/** @param {import('./run-guest.mjs').Engine} engine @param {string} title */
async function showOn(engine, title) {
  let wrong = 0;
  for (const { plugin, what, hasGuest = true, run, expected } of demonstrations) {
    if (!hasGuest && engine !== 'v8') continue;
    const start = performance.now();
    const answer = await run(engine).catch((error) => String(error));
    const time = `${Math.round(performance.now() - start)} ms`;
    const columns = [title.padEnd(16), plugin.padEnd(11), what.padEnd(43), time.padStart(7)];
    console.log(`${columns.join('  ')}  ${answer}`);
    if (answer === expected) continue;
    wrong++;
    console.log(`  expected: ${expected}`);
  }
  return wrong;
}
