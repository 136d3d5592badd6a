import { realpathSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { isTable } from '../options/is-table.js';
import { describeValue } from '../values/check-arguments.js';
import { refuseLostBytes } from '../values/lost-bytes.js';
import { captureLimit } from './descriptors/byte-sink.js';
import type { InputSource, OutputSink } from './endpoints.js';
import type { WasiInput, WasiOptions, WasiOutput } from './wasi-options.js';

/** Options that were found right, in the form the functions need. */
export interface CheckedOptions {
  /** Arguments without the program's name, each with its terminating zero. */
  readonly args: readonly Uint8Array[];
  /** Argument 0, when an option names it. */
  readonly programName: string | undefined;
  readonly environ: readonly Uint8Array[];
  readonly preopens: readonly Preopen[];
  /** The bytes of standard input, the object that gives them, or `undefined` for the host's own. */
  readonly stdin: Uint8Array | InputSource | undefined;
  readonly stdout: WasiOutput;
  readonly stderr: WasiOutput;
  readonly maxOutputBytes: number;
}

/** A folder that a guest gets. */
export interface Preopen {
  /** Its name for the guest, as UTF-8. */
  readonly name: Uint8Array;
  /** Its real path on the host. */
  readonly folder: string;
}

const encoder = new TextEncoder();
const mostOutputBytes = 2 ** 31 - 1;
const outputs: readonly WasiOutput[] = ['inherit', 'ignore', 'capture'];

const defaults: CheckedOptions = {
  args: [],
  programName: undefined,
  environ: [],
  preopens: [],
  stdin: undefined,
  stdout: 'inherit',
  stderr: 'inherit',
  maxOutputBytes: captureLimit,
};

/** Checks the options of WASI that a runtime is made with. */
export function checkOptions(options: WasiOptions = {}): CheckedOptions {
  if (!isTable(options)) throw invalid('wasi', 'an object with WASI options', options);
  return readOptions(options, defaults, (name) => `wasi.${name}`);
}

/** Checks those of one call; what is left out is the runtime's. */
export function checkCallOptions(options: WasiOptions, runtime: CheckedOptions): CheckedOptions {
  return readOptions(options, runtime, (name) => `run({ ${name} })`);
}

/** @param pathOf what messages call an option. */
function readOptions(
  options: WasiOptions,
  otherwise: CheckedOptions,
  pathOf: (name: keyof WasiOptions) => string,
): CheckedOptions {
  const { args, programName, env, preopens, stdin, stdout, stderr, maxOutputBytes } = options;
  return {
    args: args === undefined ? otherwise.args : argsOf(pathOf('args'), args),
    programName: programName === undefined ? otherwise.programName : text(pathOf('programName'), programName),
    environ: env === undefined ? otherwise.environ : environOf(pathOf('env'), env),
    preopens: preopens === undefined ? otherwise.preopens : preopensOf(pathOf('preopens'), preopens),
    stdin: stdin === undefined ? otherwise.stdin : input(pathOf('stdin'), stdin),
    stdout: stdout === undefined ? otherwise.stdout : output(pathOf('stdout'), stdout),
    stderr: stderr === undefined ? otherwise.stderr : output(pathOf('stderr'), stderr),
    maxOutputBytes:
      maxOutputBytes === undefined
        ? otherwise.maxOutputBytes
        : byteCount(pathOf('maxOutputBytes'), maxOutputBytes),
  };
}

function argsOf(option: string, args: unknown): Uint8Array[] {
  if (!Array.isArray(args)) throw invalid(option, 'an array of strings', args);
  return args.map((arg, index) => zeroTerminated(text(`${option}[${index}]`, arg)));
}

function environOf(option: string, env: unknown): Uint8Array[] {
  if (!isTable(env)) throw invalid(option, 'an object of strings', env);
  return Object.entries(env).map(([key, value]) => zeroTerminated(variable(option, key, value)));
}

function preopensOf(option: string, preopens: unknown): Preopen[] {
  if (!isTable(preopens)) throw invalid(option, 'an object of guest paths and host paths', preopens);
  const names = new Map<string, string>();
  return Object.entries(preopens).map(([name, folder]) => {
    const made = preopen(option, name, folder);
    const same = names.get(guestFolder(name));
    if (same !== undefined) {
      throw new InvalidArgumentError(
        `${option} has two folders for one name: ${JSON.stringify(same)} and ${JSON.stringify(name)} are the same for a guest, which would get one of them only; give one another name.`,
      );
    }
    names.set(guestFolder(name), name);
    return made;
  });
}

/** A guest's name of a folder as its C library compares it: without what does not distinguish it. */
function guestFolder(name: string): string {
  return posix.normalize(name).replace(/(?<=.)\/$/, '');
}

/** UTF-8 with a zero behind it. */
export function zeroTerminated(value: string): Uint8Array {
  return encoder.encode(`${value}\0`);
}

function text(option: string, value: unknown): string {
  if (typeof value !== 'string') throw invalid(option, 'a string', value);
  if (value.includes('\0')) throw invalid(option, 'a string without a zero character', value);
  return value;
}

function variable(env: string, key: string, value: unknown): string {
  if (key === '' || key.includes('=')) throw invalid(env, 'names that are not empty and have no "="', key);
  return `${text(env, key)}=${text(`${env}.${key}`, value)}`;
}

function preopen(preopens: string, name: string, folder: unknown): Preopen {
  const option = `${preopens}[${JSON.stringify(name)}]`;
  if (text(preopens, name) === '') throw invalid(preopens, 'guest paths that are not empty', name);
  const hostPath = text(option, folder);
  try {
    const real = realpathSync.native(hostPath);
    if (statSync(real).isDirectory()) return { name: encoder.encode(name), folder: real };
  } catch (cause) {
    throw new InvalidArgumentError(
      `${option} names the folder ${JSON.stringify(hostPath)}, which cannot be accessed; create it or correct the path.`,
      { cause },
    );
  }
  throw invalid(option, 'the path of a folder', hostPath);
}

function input(option: string, value: WasiInput): CheckedOptions['stdin'] {
  if (value === 'inherit') return undefined;
  if (value === 'ignore') return new Uint8Array(0);
  if (typeof value === 'string') return encoder.encode(value);
  if (value instanceof Uint8Array) {
    refuseLostBytes(`The option ${option}`, value);
    return value;
  }
  refuseStream(option, value);
  if (isInputSource(value)) return value;
  throw invalid(option, "'inherit', 'ignore', bytes, a string or an object with a function read", value);
}

function output(option: string, value: WasiOutput): WasiOutput {
  if (outputs.includes(value)) return value;
  refuseStream(option, value);
  if (isRecord(value) && typeof (value as OutputSink).write === 'function') return value;
  throw invalid(option, "'inherit', 'ignore', 'capture' or an object with a function write", value);
}

function byteCount(option: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostOutputBytes) {
    return value as number;
  }
  throw invalid(option, `a whole number of bytes from 0 to ${mostOutputBytes}`, value);
}

/** A stream has functions of the same names, which do something else. */
function refuseStream(option: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if ('pipe' in value || 'getReader' in value || 'getWriter' in value || Symbol.asyncIterator in value) {
    throw new InvalidArgumentError(
      `${option} is a stream, which needs a free event loop: use placement 'worker' or 'process', or an object whose functions are synchronous.`,
    );
  }
}

function isInputSource(value: unknown): value is InputSource {
  if (!isRecord(value)) return false;
  const { read, available } = value as Partial<Record<keyof InputSource, unknown>>;
  return typeof read === 'function' && (available === undefined || typeof available === 'function');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(option: string, wanted: string, value: unknown): InvalidArgumentError {
  const got = typeof value === 'string' ? JSON.stringify(value) : describeValue(value);
  return new InvalidArgumentError(`${option} must be ${wanted}; it is ${got}.`);
}
