// @ts-check
import { formatTable } from './table.mjs';

/**
 * @typedef {import('./results.mjs').Result} Result
 * @typedef {import('./rounds.mjs').Times} Times
 */

/**
 * @param {Result[]} results
 * @param {string} machine
 * @param {number} slack
 */
export function formatReport(results, machine, slack) {
  return [machine, '', formatTable(reportRows(results)), '', ...reportNotes(slack)].join('\n');
}

/** What is told of each result, by the headings of the columns. @param {Result[]} results @returns {Record<string, string>[]} */
export function reportRows(results) {
  return results.map((result) => ({
    '': result.title,
    ours: formatSide(result.ours),
    baseline: formatSide(result.baseline),
    ratio: result.ratio === undefined ? '' : `${result.ratio.toFixed(2)}×`,
    more: result.difference === undefined ? '' : formatDifference(result.difference),
    figure: formatFigure(result),
    verdict: result.reason === undefined ? result.verdict : `${result.verdict}: ${result.reason}`,
  }));
}

/** How the table is to be read. @param {number} slack @returns {string[]} */
export function reportNotes(slack) {
  return [
    'Times are the minimum and, in brackets, the median and the maximum of interleaved rounds; ratio and what is more are between minima.',
    'The baseline of wasmedge is C, -O2, on the same library with the same metering; that of v8 is plain WebAssembly; that of httpsreq is https.request of Node.js.',
    'Files: the baseline is node:wasi.',
    'Through a guest: WASI-Crypto, the embedded provider; the baseline is node:crypto without a guest, on data that lies ready.',
    'Inference: WASI-NN, the embedded provider, in one thread; the baseline calls the library directly, -O2. 1 MiB tensor in: it is one memcpy.',
    'LiteRT.js by a session: the baseline is LiteRT.js in a worker with nothing around it, which is sent the same numbers.',
    "Extism: the baseline is Extism's SDK for JavaScript, whose guests read input and write output eight bytes at a time through its host.",
    "Triton: WASI-NN by gRPC on this machine; the baseline is Triton's own client in Python, tritonclient.grpc, or its HTTP client. Processors' time: of the client.",
    'Second runtime, bytes again: both are ours, the baseline with bytes that nobody has seen. Bytes again: C and plain WebAssembly compile them each time.',
    'Runtime created: C makes all objects anew each time; ours shares between runtimes those that hold no state.',
    "wasm → host: calls in a loop of the guest; the loop's own time is in both. 1 MiB out: ours is a new array each time, C's is one buffer.",
    'Placements: messages on both sides stay on one processor, where the machine has taskset; runtimes that are made use all of them.',
    '10,000 runtimes: ours is after run 10,000, baseline after run 2,000, garbage collected before each reading, in a young generation of fixed size.',
    ...(slack === 1 ? [] : [`Times and ratios may be ${slack} times the figure.`]),
  ];
}

/** @param {Times | number | undefined} side */
function formatSide(side) {
  if (side === undefined) return '';
  if (typeof side === 'number') return side >= 1e6 ? `${(side / 1e6).toFixed(1)} MB` : String(side);
  return `${formatTime(side.minimum)} (${formatTime(side.median)}, ${formatTime(side.maximum)})`;
}

/** @param {number} nanoseconds */
function formatTime(nanoseconds) {
  if (nanoseconds < 100) return `${nanoseconds.toFixed(1)} ns`;
  if (nanoseconds < 10_000) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 10_000_000) return `${(nanoseconds / 1e3).toFixed(0)} µs`;
  return `${(nanoseconds / 1e6).toFixed(0)} ms`;
}

/** @param {number} nanoseconds */
function formatDifference(nanoseconds) {
  return `${nanoseconds < 0 ? '-' : '+'}${formatTime(Math.abs(nanoseconds))}`;
}

/** @param {Result} result */
function formatFigure({ figure, value = 0 }) {
  switch (figure?.kind) {
    case undefined:
      return '';
    case 'ratio':
      return `≤ ${figure.most}×`;
    case 'difference':
      return `${signed(value, 1)} ns (≤ ${figure.most})`;
    case 'growth':
      return `${signed(value, 1)} % (< ${figure.most})`;
    case 'leak':
      return `${signed(value, 0)} (≤ ${figure.most})`;
  }
}

/**
 * @param {number} value
 * @param {number} digits
 */
function signed(value, digits) {
  return `${value < 0 ? '' : '+'}${value.toFixed(digits)}`;
}
