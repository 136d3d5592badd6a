import { availableParallelism } from 'node:os';
import { type NativeConfig, type NativeConfigUse, NnError } from '@wasmedge-plugins/wasi-nn';
import { schemaToGrammar } from '../grammar/schema-to-grammar.js';
import { readOptions } from '../read-config.js';
import { defaultsOf } from './defaults.js';
import { type GuestConfig, guestOptions } from './guest-options.js';

/** What the host bounds. */
export interface NativeBounds {
  readonly maxContextSize: number;
  readonly maxThreads: number | undefined;
}

/** Fewer tokens of a context are a huge number in upstream's arithmetic. */
const smallestContext = 4;

/**
 * They would print to the host's own output, open files, have another form in each release, mean something else there, or are passed on in another way. Those of the last
 * lines concern the whole process, or end it with some models.
 */
const keptBack = new Set<string>(
  `stream-stdout enable-log enable-debug-log image mmproj tts model-vocoder flash-attn dry-last-n-penalty json-schema
  reranking numa cache-type-k cache-type-v pooling-type attention-type
  rope-freq-base rope-freq-scale rope-scaling-type yarn-orig-ctx yarn-attn-factor`.split(/\s+/),
);

/**
 * Reads a guest's options for WasmEdge's native plug-in, which ends the process on some, opens and writes files that others name, and bounds none. What has no effect on the
 * embedded backend, is not passed on; numbers are brought to a range in which llama.cpp computes.
 *
 * @throws {NnError} what `readOptions` throws, `too_large` for a context that the host does not allow, `invalid_argument` for one that is too small and for a schema that
 * cannot be used, and `unsupported_operation` for a grammar.
 */
export function readNativeConfig(
  text: string,
  { isInput, release }: NativeConfigUse,
  bounds: NativeBounds,
): NativeConfig {
  const given = release === '0.14' ? readOptions(release, text) : readLaterOptions(text);
  if (given.grammar) {
    throw new NnError(
      'unsupported_operation',
      'WasmEdge\'s native plug-in may end the process on a grammar; use "json-schema", or the embedded provider.',
    );
  }
  checkContextSize(given['ctx-size'], bounds.maxContextSize);
  const ranges = rangesOf(bounds);
  // Of a model that another guest had before, the options of that one are left.
  const whole: GuestConfig = { ...(!isInput && release === '0.14' && defaultsOf(release)), ...given };
  const passed = Object.entries(whole)
    .filter(([name]) => isPassed(name as keyof GuestConfig, isInput))
    .map(([name, value]) => [name, inRange(value, ranges[name])]);
  return {
    text: JSON.stringify({ ...Object.fromEntries(passed), ...bindingOf(given) }),
    givesVectors: whole.embedding,
  };
}

/** Which of the later releases the plug-in is of, it does not tell; `flash-attn` is a boolean in some and a text in the newest. */
function readLaterOptions(text: string): GuestConfig {
  try {
    return readOptions('0.17', text);
  } catch (error) {
    if (!NnError.isInstance(error) || error.errnoName !== 'invalid_argument') throw error;
    return readOptions('0.15', text);
  }
}

/** What binds the text: a schema as it was understood, since a name may stand there twice, or nothing any more. */
function bindingOf({ grammar, 'json-schema': schema }: GuestConfig): GuestConfig {
  if (schema) {
    schemaToGrammar(schema);
    return { 'json-schema': JSON.stringify(JSON.parse(schema)) };
  }
  return grammar === undefined && schema === undefined ? {} : { grammar: '' };
}

function isPassed(name: keyof GuestConfig, isInput: boolean): boolean {
  const { use, level } = guestOptions[name];
  // A change of the model invalidates what its other contexts have.
  return use === 'served' && !keptBack.has(name) && !(isInput && level === 'model');
}

function checkContextSize(size: number | undefined, most: number): void {
  if (size === undefined || size === 0) return;
  if (size > most) {
    throw new NnError(
      'too_large',
      `"ctx-size" is ${size}; the host allows ${most} tokens. Lower it, or raise maxContextSize.`,
    );
  }
  if (size < smallestContext) {
    throw new NnError('invalid_argument', `"ctx-size" is ${size}; the least is ${smallestContext}.`);
  }
}

type Range = readonly [least: number, most: number];

function rangesOf({ maxContextSize, maxThreads }: NativeBounds): Readonly<Record<string, Range>> {
  return {
    threads: [1, maxThreads ?? availableParallelism()],
    'batch-size': [1, maxContextSize],
    'last-n-penalty': [-1, maxContextSize],
    temp: [0, 1000],
    'repeat-penalty': [0.01, 100],
    'presence-penalty': [-1000, 1000],
    'frequency-penalty': [-1000, 1000],
    'dry-multipier': [0, 1000],
    'dry-base': [0, 1000],
    'dry-allowed-length': [1, maxContextSize],
  };
}

function inRange(value: unknown, range: Range | undefined): unknown {
  if (typeof value !== 'number' || range === undefined) return value;
  const [least, most] = range;
  return Math.min(most, Math.max(least, value));
}
