import { checkOptionNames, InvalidArgumentError, isTable } from '@wasmedge-plugins/core';
import type { GGMLConfig } from '../options/config.js';

/** How a model answers, besides what its text keeps to. */
export interface SamplingOptions {
  /** Maximum number of tokens. Default: `n-predict` of the session's `config`, or no bound but the context. */
  readonly maxTokens?: number | undefined;
  /** How much chance decides, a temperature without unit: 0 always takes the likeliest token. Default: `temp` of the session's `config`, or 0.8. */
  readonly temperature?: number | undefined;
  /** Number of the likeliest tokens that are chosen from; 0 for all. Default: `top-k` of the session's `config`, or 40. */
  readonly topK?: number | undefined;
  /** The probability, between 0 and 1, that the tokens which are chosen from have together. Default: `top-p` of the session's `config`, or 0.95. */
  readonly topP?: number | undefined;
  /** The share of the likeliest token's probability, between 0 and 1, that those which are chosen from have. Default: `min-p` of the session's `config`, or 0.05. */
  readonly minP?: number | undefined;
  /** Makes chance the same each time; between 0 and 4294967295. Default: `seed` of the session's `config`, or another one each time. */
  readonly seed?: number | undefined;
  /** Texts at which it stops; they are not part of what is given. Default: `reverse-prompt` of the session's `config`, or none. */
  readonly stop?: string | readonly string[] | undefined;
  /** Ends it; the iteration then throws the signal's reason. Default: it goes on to its end. */
  readonly signal?: AbortSignal | undefined;
}

/** A grammar that a text keeps to. */
export interface GrammarOptions {
  /** A grammar in llama.cpp's form (GBNF) that the text keeps to; empty for none. Default: that of the session's `config`, or none. */
  readonly grammar?: string | undefined;
  /** Not together with a grammar. Default: absent. */
  readonly jsonSchema?: undefined;
}

/** A schema that a text keeps to. */
export interface SchemaOptions {
  /** A JSON schema that the text keeps to. Keywords that a grammar cannot express are refused, as are more than 64 KiB of JSON, 32 levels, lengths above 1000, and more than 2000 ways to go on at one place of the text. Default: that of the session's `config`, or none. */
  readonly jsonSchema?: object | undefined;
  /** Not together with a schema. Default: absent. */
  readonly grammar?: undefined;
}

/** How a model answers. What is not given is as the session's `config` says, or as WasmEdge's newest plug-in does it. */
export type GenerateOptions = SamplingOptions & (GrammarOptions | SchemaOptions);

/** How many texts to stop at there may be, and how long each. */
const bounds = { stops: 16, stopLength: 256 };

/**
 * Checks options, and turns them into those of the model.
 *
 * @param session the options of the session.
 * @throws {InvalidArgumentError} naming the option that is wrong.
 */
export function readGenerateOptions(
  options: GenerateOptions,
  session: GGMLConfig,
): { readonly config: GGMLConfig; readonly maxTokens: number; readonly stops: readonly string[] } {
  if (!isTable(options as unknown)) {
    throw new InvalidArgumentError('The options of generate() must be an object.');
  }
  checkOptionNames<GenerateOptions>('generate()', options, {
    maxTokens: true,
    temperature: true,
    topK: true,
    topP: true,
    minP: true,
    seed: true,
    grammar: true,
    jsonSchema: true,
    stop: true,
    signal: true,
  });
  const { maxTokens = session['n-predict'] ?? -1, grammar, jsonSchema, signal } = options;
  check('maxTokens', options.maxTokens, wholeFromZero, isWholeFromZero);
  check('temperature', options.temperature, 'a number from 0', isFromZero);
  check('topK', options.topK, wholeFromZero, isWholeFromZero);
  check('topP', options.topP, 'a number from 0', isFromZero);
  check('minP', options.minP, 'a number from 0', isFromZero);
  check('seed', options.seed, wholeFromZero, isWholeFromZero);
  check('grammar', grammar, 'a string', (value) => typeof value === 'string');
  check('jsonSchema', jsonSchema, 'an object', isTable);
  check('signal', signal, 'an AbortSignal', (value) => value instanceof AbortSignal);
  if (grammar !== undefined && jsonSchema !== undefined) {
    throw new InvalidArgumentError('generate() takes a grammar or a jsonSchema, not both.');
  }
  const config: GGMLConfig = {
    'n-predict': maxTokens,
    ...(grammar !== undefined && { grammar, 'json-schema': '' }),
    ...(jsonSchema !== undefined && { 'json-schema': jsonOf(jsonSchema) }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.temperature !== undefined && { temp: options.temperature }),
    ...(options.topK !== undefined && { 'top-k': options.topK }),
    ...(options.topP !== undefined && { 'top-p': options.topP }),
    ...(options.minP !== undefined && { 'min-p': options.minP }),
  };
  return { config, maxTokens, stops: readStops(options.stop ?? (session['reverse-prompt'] || [])) };
}

function readStops(stop: GenerateOptions['stop'] = []): readonly string[] {
  const stops = typeof stop === 'string' ? [stop] : stop;
  const isStop = (text: unknown) =>
    typeof text === 'string' &&
    text !== '' &&
    text.length <= bounds.stopLength &&
    !/\p{Surrogate}/u.test(text);
  if (!Array.isArray(stops) || stops.length > bounds.stops || !stops.every(isStop)) {
    throw new InvalidArgumentError(
      `generate(): stop must be a string or up to ${bounds.stops} strings, each of 1 to ${bounds.stopLength} whole characters.`,
    );
  }
  return [...stops];
}

function check<Value>(
  name: string,
  value: Value | undefined,
  must: string,
  isValid: (value: Value) => boolean,
): void {
  if (value === undefined || isValid(value)) return;
  throw new InvalidArgumentError(`generate(): ${name} must be ${must}.`);
}

/** As much as llama.cpp keeps. */
const wholeFromZero = 'a whole number from 0 to 4294967295';

function isWholeFromZero(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

function jsonOf(schema: object): string {
  const must = 'generate(): jsonSchema must be an object that JSON can hold';
  let json: string | undefined;
  try {
    json = JSON.stringify(schema);
  } catch (cause) {
    throw new InvalidArgumentError(`${must}: ${(cause as Error).message}`, { cause });
  }
  if (json === undefined) throw new InvalidArgumentError(`${must}.`);
  return json;
}

function isFromZero(value: number): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
