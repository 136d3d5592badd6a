import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../package-file.js';
import { BackendFailure } from './backend-failure.js';
import { lastWords, mostWords } from './last-words.js';
import type { AsyncAnswers, AsyncRequest, Told } from './messages.js';
import { processEnvironment } from './process-environment.js';
import type { FromProcess } from './process-messages.js';

type Answer = AsyncAnswers[AsyncRequest['kind']] & Told;

interface Asked {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** A process that hosts asynchronous backends for the thread that asks; it lives while one of them is open. */
export class ProcessHost {
  readonly #backends = new Set<string>();
  readonly #asked = new Map<number, Asked>();
  #child: ChildProcess | undefined;
  /** How the last process ended, if nobody ended it here: it may have been computing ahead, while nobody waited. */
  #loss: BackendFailure | undefined;
  #sequence = 0;
  readonly #remedy: string;

  /** @param remedy what the caller can do about a process that has ended. */
  constructor(remedy: string) {
    this.#remedy = remedy;
  }

  async answer(request: AsyncRequest): Promise<Answer> {
    if (request.kind === 'load') {
      this.#backends.add(request.backend);
      this.#child ??= this.#start();
    }
    const child = this.#child;
    if (request.kind === 'close' && this.#backends.delete(request.backend) && this.#backends.size === 0) {
      this.end();
      return {};
    }
    if (child === undefined) {
      // What is gone needs no freeing.
      if (request.kind === 'free' || request.kind === 'close' || request.kind === 'cancel') return {};
      throw (
        this.#loss ??
        new BackendFailure('runtime_error', `The model was lost when its process ended; ${this.#remedy}.`)
      );
    }
    const sequence = ++this.#sequence;
    return new Promise<Answer>((resolve, reject) => {
      this.#asked.set(sequence, { resolve, reject });
      // Whoever waits keeps this process alive, and nobody else does. The channel alone does not, where the child ends: it closes before that is heard.
      child.ref();
      child.channel?.ref();
      child.send({ sequence, request }, (error) => {
        if (error !== null) this.#take(sequence)?.reject(this.#ended('does not listen any more'));
      });
    });
  }

  /** Ends the process and whatever it computes; the next model to be loaded starts another one. */
  end(): void {
    this.#child?.kill('SIGKILL');
    this.#reject(this.#ended('was ended'));
    this.#child = undefined;
    this.#loss = undefined;
  }

  #start(): ChildProcess {
    const from = import.meta.url;
    const files = { built: './kit-process.js', source: '../../../dist/kit-process.js' };
    const program = packageFile({ package: '@wasmedge-plugins/wasi-nn', from, ...files });
    const child = fork(fileURLToPath(program), [], {
      execArgv: [],
      env: processEnvironment(process.env),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-mostWords);
    });
    (child.stderr as { unref?(): void } | null)?.unref?.();
    child.unref();
    child.channel?.unref();
    child.on('message', (message: FromProcess) => this.#receive(message));
    const end = (how: string) => {
      // What was asked of one that was ended here has failed then.
      if (this.#child !== child) return;
      this.#loss = this.#ended(how, words);
      this.#reject(this.#loss);
      this.#child = undefined;
    };
    child.on('error', (error) => end(`could not be started: ${error.message}`));
    child.on('exit', (code, signal) =>
      end(signal === null ? `ended with code ${code}` : `ended by ${signal}`),
    );
    return child;
  }

  #receive({ sequence, answer, failure }: FromProcess): void {
    const asked = this.#take(sequence);
    if (failure === undefined) asked?.resolve(answer as Answer);
    else asked?.reject(Object.assign(new Error(failure.message), failure));
  }

  #take(sequence: number): Asked | undefined {
    const asked = this.#asked.get(sequence);
    this.#asked.delete(sequence);
    if (this.#asked.size === 0) {
      this.#child?.unref();
      this.#child?.channel?.unref();
    }
    return asked;
  }

  #reject(failure: BackendFailure): void {
    for (const sequence of [...this.#asked.keys()]) this.#take(sequence)?.reject(failure);
  }

  #ended(how: string, words = ''): BackendFailure {
    const said = lastWords(words);
    return new BackendFailure(
      'runtime_error',
      `The process that runs the model ${how}; ${this.#remedy}.${said === undefined ? '' : ` Its last words: ${said}`}`,
    );
  }
}
