import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import type { GuestConfig } from '../options/guest-options.js';
import { guestOptions } from '../options/guest-options.js';
import { numaPolicies } from '../options/numa-policies.js';
import type { LlamaNews, LlamaTaskOptions } from './task-options.js';

/** What node-llama-cpp says of a vocabulary whose tokens do not give back the text that they are made of. */
const doubtOfVocabulary = 'to tokenize text and then detokenize it resulted in a different text';

/** What everything in the process of llama.cpp shares. */
export class LlamaState {
  readonly options: LlamaTaskOptions;
  readonly llama: Llama;
  /** Models of which a context could not be made: node-llama-cpp then perhaps waits for ever when they are disposed. */
  readonly maybeUndisposable = new WeakSet<LlamaModel>();
  readonly #tell: (news: LlamaNews) => void;
  readonly #maxBytes: number;
  readonly #toldOptions = new Set<string>();
  #bytes = 0;
  #doubt: string | undefined;

  constructor(options: LlamaTaskOptions, llama: Llama, maxBytes: number, tell: (news: LlamaNews) => void) {
    this.options = options;
    this.llama = llama;
    this.#maxBytes = options.isSession ? Number.POSITIVE_INFINITY : maxBytes;
    this.#tell = tell;
    llama.logger = (level, message) => {
      if (message.includes(doubtOfVocabulary)) {
        this.#doubt = message;
        return;
      }
      // A context has room for one token more than it is asked for.
      const isExpected = message.includes('> n_ctx_train');
      const shown = isExpected ? 'debug' : levelOf(level);
      tell({ kind: 'log', level: shown, message: `llama.cpp: ${message}` });
    };
  }

  /** Warns of what was doubted of the vocabulary of the model that was loaded last, unless it is one that begins every text with a blank, as those of word pieces do. */
  passDoubt({ vocabularyType }: Pick<LlamaModel, 'vocabularyType'>): void {
    const doubt = this.#doubt;
    this.#doubt = undefined;
    if (doubt === undefined || vocabularyType === 'wpm') return;
    this.#tell({ kind: 'log', level: 'warn', message: `llama.cpp: ${doubt}` });
  }

  /** Writes to the standard output of the guest. */
  print(bytes: Uint8Array): void {
    this.#tell({ kind: 'stdout', bytes });
  }

  /** Tells the host, once for each, of options without effect, and logs as much as was asked for. */
  note(config: GuestConfig): void {
    if (config['enable-debug-log'] === true) this.llama.logLevel = 'debug' as Llama['logLevel'];
    else if (config['enable-log'] === true) this.llama.logLevel = 'info' as Llama['logLevel'];
    for (const name of Object.keys(config) as (keyof GuestConfig)[]) {
      if (guestOptions[name].use !== 'ignored' || this.#toldOptions.has(name)) continue;
      this.#toldOptions.add(name);
      this.warn(`the option "${name}" has no effect here; node-llama-cpp has no such setting.`);
    }
    const policy = numaPolicies.get(config.numa ?? 0) ?? false;
    if (config.numa === undefined || policy === this.llama.numa || this.#toldOptions.has('numa')) return;
    this.#toldOptions.add('numa');
    this.warn('the option "numa" has no effect here; that of the first model holds for all.');
  }

  /** Warns the host by its logger. */
  warn(message: string): void {
    this.#tell({ kind: 'log', level: 'warn', message: `WASI-NN: ${message}` });
  }

  /** How much is left of what contexts may take. */
  get room(): number {
    return this.#maxBytes - this.#bytes;
  }

  /** Counts what a context takes, or what else is named. */
  take(bytes: number, what = 'The context'): void {
    if (bytes > this.room) {
      throw new BackendFailure(
        'too_large',
        `${what} would take ${Math.ceil(bytes)} bytes, of which ${Math.floor(this.room)} are left; lower "ctx-size", or raise maxBytes.`,
      );
    }
    this.#bytes += bytes;
  }

  /** Counts what was freed. */
  free(bytes: number): void {
    this.#bytes -= bytes;
  }
}

function levelOf(level: string): 'debug' | 'info' | 'warn' {
  if (level === 'debug' || level === 'info') return level;
  return level === 'log' ? 'info' : 'warn';
}
