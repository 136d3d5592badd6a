// @ts-check
import { openBaseline } from './c-baseline.mjs';
import { buildGuests, guestPath } from './guests.mjs';
import { tinyLiteModel } from './inference/models.mjs';
import { manyRuntimes } from './many-runtimes.mjs';
import { measureApart } from './measure-apart.mjs';
import { openCompiled } from './measures/compiled.mjs';
import { openExtism } from './measures/extism.mjs';
import { openHostCalls } from './measures/host-calls.mjs';
import { openHttpsReq } from './measures/httpsreq.mjs';
import { measureInference } from './measures/inference.mjs';
import { openKServe } from './measures/kserve.mjs';
import { measureLanguageModels } from './measures/language-models.mjs';
import { openLiteRtSession } from './measures/litert-session.mjs';
import { meteringComparisons } from './measures/metering.mjs';
import { openOverloadedServer } from './measures/overloaded-server.mjs';
import { placementMemory } from './measures/placement-memory.mjs';
import { openPlacements, placementStarts } from './measures/placements.mjs';
import { openPools } from './measures/pools.mjs';
import { openProcessClient } from './measures/process-client.mjs';
import { startUpComparisons } from './measures/start-up.mjs';
import { openStdout } from './measures/stdout.mjs';
import { v8Comparisons } from './measures/v8.mjs';
import { wasiCallsComparisons } from './measures/wasi-calls.mjs';
import { wasiCryptoComparisons } from './measures/wasi-crypto.mjs';
import { wasiFilesComparisons } from './measures/wasi-files.mjs';
import { wasmedgeComparisons } from './measures/wasmedge.mjs';
import { notMeasured, resultOf } from './results.mjs';
import { compare } from './rounds.mjs';

/** @typedef {import('./results.mjs').Result} Result */

const rounds = 100;
const quickRounds = 25;
/** How many times as many rounds a second look has. */
const secondLook = 4;

/**
 * Measures everything that was asked for.
 * @param {import('./options.mjs').BenchOptions} options
 * @param {string} folder for what is built on the way
 * @param {(title: string) => void} announce
 * @returns {Promise<{ results: Result[], libraryVersion: string | undefined }>}
 */
export async function measure({ quick, only, slack, lyingC }, folder, announce) {
  await buildGuests(folder);
  const baseline = await openBaseline(folder, lyingC);
  /** @type {Result[]} */
  const results = [];
  const run = async (/** @type {import('./rounds.mjs').Comparison[]} */ comparisons) => {
    for (const comparison of comparisons.filter(({ id }) => id.includes(only))) {
      announce(comparison.title);
      const result = resultOf(await compare(comparison, quick ? quickRounds : rounds), slack);
      results.push(result.verdict === 'missed' && !quick ? await again(comparison, slack) : result);
    }
  };
  try {
    await run(await v8Comparisons(folder));
    await run(await wasiFilesComparisons(folder));
    if ('process-client-'.includes(only) || only.startsWith('process-client-'))
      await runAndClose(run, openProcessClient(folder));
    if ('v8-wasi-'.includes(only) || only.startsWith('v8-wasi-')) {
      await run(await wasiCallsComparisons(folder));
      await runAndClose(run, await openStdout(folder));
    }
    await runHttpsReq(run, only);
    if ('placement-'.includes(only) || only.startsWith('placement-'))
      await runAndClose(run, await openPlacements(folder));
    await run(placementStarts(folder));
    if ('placement-process-host-call'.includes(only)) await runAndClose(run, await openHostCalls(folder));
    if ('pool-'.includes(only) || only.startsWith('pool-')) await runAndClose(run, await openPools(folder));
    if ('extism-'.includes(only) || only.startsWith('extism-'))
      await runAndClose(run, await openExtism(folder));
    if ('server-event-loop'.includes(only)) await runAndClose(run, await openOverloadedServer());
    await run(await wasiCryptoComparisons('v8', guestPath(folder, 'wasi-crypto')));
    if ('c' in baseline) {
      await run(await wasmedgeComparisons(folder, baseline.c));
      await run(await wasiCryptoComparisons('wasmedge', guestPath(folder, 'wasi-crypto')));
      if ('aot-fib-metered'.includes(only)) await runAndClose(run, await openCompiled(folder));
    } else if ('wasmedge'.includes(only) || only.startsWith('wasmedge'))
      results.push(notMeasured('wasmedge', 'wasmedge: everything against C', baseline.reason));
    if (!quick || only.startsWith('nn')) {
      await measureInference(folder, guestPath(folder, 'infer'), { only, lyingC }, run, (id, title, reason) =>
        results.push(notMeasured(id, title, reason)),
      );
    }
    if (!quick || only.startsWith('nn')) {
      await measureLanguageModels(only, run, (id, title, reason) =>
        results.push(notMeasured(id, title, reason)),
      );
    }
    if (!quick && 'nn-litert-session'.includes(only))
      await runAndClose(run, await openLiteRtSession(tinyLiteModel));
    if (!quick && only === '') results.push(...measureApart('kserve', { slack, lyingC }));
    else if (only.startsWith('kserve')) {
      const opened = await openKServe(guestPath(folder, 'infer'), lyingC);
      if ('reason' in opened) results.push(notMeasured('kserve', 'Triton by its own client', opened.reason));
      else await runAndClose(run, opened);
    }
    if (!quick) {
      if ('c' in baseline) await run(meteringComparisons(baseline.c));
      await run(startUpComparisons(folder, 'c' in baseline ? baseline.program : undefined));
      if ('placement-memory'.includes(only)) results.push(...(await placementMemory(folder)));
      announce('10,000 runtimes');
      results.push(...(await manyRuntimes(folder, baseline.libraryVersion !== undefined, only)));
    }
  } finally {
    if ('c' in baseline) baseline.c.close();
  }
  return { results, libraryVersion: baseline.libraryVersion };
}

/**
 * @param {(comparisons: import('./rounds.mjs').Comparison[]) => Promise<void>} run
 * @param {string} only
 */
async function runHttpsReq(run, only) {
  if (!'httpsreq-request httpsreq-client httpsreq-crate-request httpsreq-download'.includes(only)) return;
  await runAndClose(run, await openHttpsReq());
}

/**
 * @param {(comparisons: import('./rounds.mjs').Comparison[]) => Promise<void>} run
 * @param {{ comparisons: import('./rounds.mjs').Comparison[], close: () => void | Promise<void> }} opened
 */
async function runAndClose(run, { comparisons, close }) {
  try {
    await run(comparisons);
  } finally {
    await close();
  }
}

/**
 * A second, longer look at a missed figure: noise only ever adds time, so a minimum over more rounds is nearer to the truth.
 * @param {import('./rounds.mjs').Comparison} comparison
 * @param {number} slack
 */
async function again(comparison, slack) {
  const more = (comparison.rounds ?? rounds) * secondLook;
  return resultOf(await compare({ ...comparison, rounds: more }, more), slack);
}
