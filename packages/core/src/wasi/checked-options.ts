import { realpathSync, statSync } from 'node:fs';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { WasiInput, WasiOptions, WasiOutput } from './wasi-options.js';

/** Options that were found right, in the form the functions need. */
export interface CheckedOptions {
  /** Arguments without the program's name, each with its terminating zero. */
  readonly args: readonly Uint8Array[];
  /** Argument 0, when an option names it. */
  readonly programName: string | undefined;
  readonly environ: readonly Uint8Array[];
  readonly preopens: readonly Preopen[];
  /** The bytes of standard input; `undefined` for the host's own. */
  readonly stdin: Uint8Array | undefined;
  readonly stdout: WasiOutput;
  readonly stderr: WasiOutput;
}

/** A folder that a guest gets. */
export interface Preopen {
  /** Its name for the guest, as UTF-8. */
  readonly name: Uint8Array;
  /** Its real path on the host. */
  readonly folder: string;
}

const encoder = new TextEncoder();
const outputs: readonly WasiOutput[] = ['inherit', 'ignore', 'capture'];

/** Checks the options of WASI. */
export function checkOptions(options: WasiOptions = {}): CheckedOptions {
  if (!isRecord(options)) throw invalid('wasi', 'an object with the options of WASI', options);
  const { args = [], programName, env = {}, preopens = {}, stdin = 'inherit' } = options;
  const { stdout = 'inherit', stderr = 'inherit' } = options;
  if (!Array.isArray(args)) throw invalid('wasi.args', 'an array of strings', args);
  if (!isRecord(env)) throw invalid('wasi.env', 'an object of strings', env);
  if (!isRecord(preopens))
    throw invalid('wasi.preopens', 'an object of guest paths and host paths', preopens);
  return {
    args: args.map((arg, index) => zeroTerminated(text(`wasi.args[${index}]`, arg))),
    programName: programName === undefined ? undefined : text('wasi.programName', programName),
    environ: Object.entries(env).map(([key, value]) => zeroTerminated(variable(key, value))),
    preopens: Object.entries(preopens).map(([name, folder]) => preopen(name, folder)),
    stdin: input(stdin),
    stdout: output('wasi.stdout', stdout),
    stderr: output('wasi.stderr', stderr),
  };
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

function variable(key: string, value: unknown): string {
  if (key === '' || key.includes('='))
    throw invalid('wasi.env', 'names that are not empty and have no "="', key);
  return `${text('wasi.env', key)}=${text(`wasi.env.${key}`, value)}`;
}

function preopen(name: string, folder: unknown): Preopen {
  const option = `wasi.preopens[${JSON.stringify(name)}]`;
  if (text('wasi.preopens', name) === '')
    throw invalid('wasi.preopens', 'guest paths that are not empty', name);
  const hostPath = text(option, folder);
  try {
    const real = realpathSync.native(hostPath);
    if (statSync(real).isDirectory()) return { name: encoder.encode(name), folder: real };
  } catch (cause) {
    throw new InvalidArgumentError(
      `${option} names the folder ${JSON.stringify(hostPath)}, which cannot be reached; create it or correct the path.`,
      { cause },
    );
  }
  throw invalid(option, 'the path of a folder', hostPath);
}

function input(value: WasiInput): Uint8Array | undefined {
  if (value === 'inherit') return undefined;
  if (value === 'ignore') return new Uint8Array(0);
  if (typeof value === 'string') return encoder.encode(value);
  if (value instanceof Uint8Array) return value;
  throw invalid('wasi.stdin', "'inherit', 'ignore', bytes or a string", value);
}

function output(option: string, value: WasiOutput): WasiOutput {
  if (!outputs.includes(value)) throw invalid(option, "'inherit', 'ignore' or 'capture'", value);
  return value;
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(option: string, wanted: string, value: unknown): InvalidArgumentError {
  const got = typeof value === 'string' ? JSON.stringify(value) : value === null ? 'null' : typeof value;
  return new InvalidArgumentError(`${option} must be ${wanted}; it is ${got}.`);
}
