import { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';

export const echo = async (request) => request;
export const thread = () => threadId;
export const sum = async ({ bytes }) => bytes.reduce((total, byte) => total + byte, 0);
export const bytes = async (length) => ({ bytes: new Uint8Array(length).fill(7), same: Buffer.alloc(3, 1) });
export const slice = async () => new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
export const wasmBytes = async () => new Uint8Array(new WebAssembly.Memory({ initial: 1 }).buffer);
export const unclonable = async () => ({ method() {} });
export const notAFunction = 5;

class QuotaError extends Error {
  name = 'QuotaError';
  code = 'ERR_QUOTA';
  details = { left: 3, list: [1, 2] };
  callback = () => {};
}

export async function fail() {
  throw new QuotaError('no more', { cause: new TypeError('inner', { cause: 'the root' }) });
}

export async function failTogether() {
  throw new AggregateError(
    [new RangeError('one'), Object.assign(new Error('two'), { code: 'ECONNREFUSED' })],
    'all',
  );
}

export async function failInCircle() {
  const error = new Error('circle');
  error.cause = error;
  throw error;
}

export async function failAsOurs() {
  throw Object.defineProperty(
    Object.assign(new Error('ours'), { code: 'ERR_DISPOSED' }),
    Symbol.for('@wasmedge-plugins/error'),
    {
      value: true,
    },
  );
}

export async function failWithString() {
  throw 'only a string';
}

/** The flag is set when the thread ends by itself. */
export function tellExit(flag) {
  process.once('exit', () => Atomics.store(flag, 0, 1));
}

/** Counts itself, and never looks at a message again. */
export function sleepForEver(count) {
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

export function printAtExit() {
  process.once('exit', () => console.error('the thread ends by itself'));
}

export async function waitForAbort(flag, { signal }) {
  await new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', resolve);
  });
  Atomics.store(flag, 0, 1);
  return 'too late';
}

/** Looks at its signal for the first time after it was aborted. */
export async function lookLate(flag, context) {
  await sleep(150);
  Atomics.store(flag, 0, context.signal.aborted ? 1 : 2);
}

export async function ignoreAbort(milliseconds) {
  await sleep(milliseconds);
  return 'answer of another call';
}

export function spin() {
  for (;;);
}

export const exit = async (code) => process.exit(code);

export async function throwOutside() {
  setTimeout(() => {
    throw new RangeError('from a timer');
  });
  await new Promise(() => {});
}

export async function rejectAfterwards() {
  setTimeout(() => Promise.reject(new Error('nobody waits for this')), 5);
}

export async function changeEnvironment() {
  process.env.CHANGED_BY_A_TASK = 'yes';
  return process.execArgv;
}

export async function print() {
  console.log('text of console.log');
  await new Promise((resolve) => process.stdout.write('text of process.stdout\n', resolve));
  console.error('text of console.error');
  return 'printed';
}

export function outOfMemory() {
  const kept = [];
  for (;;) kept.push({ value: [kept.length] });
}

/** Makes a blocking call itself, with the compiled caller of that URL. */
export async function callAgain(callerUrl) {
  const { createBlockingCaller } = await import(callerUrl);
  const caller = createBlockingCaller();
  try {
    return caller.call({ moduleUrl: import.meta.url, exportName: 'echo' }, 'from inside');
  } finally {
    caller[Symbol.dispose]();
  }
}
