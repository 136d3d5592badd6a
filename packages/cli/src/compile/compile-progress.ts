import type { WriteStream } from 'node:tty';
import type { CompileProgress as Step } from '@wasmedge-plugins/core';
import { printableName } from '@wasmedge-plugins/core';

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Tells on stderr what the compiler does: in one line on a terminal, which is gone afterwards, and in a line for each phase elsewhere. */
export class CompileProgress {
  readonly #stream: WriteStream;
  readonly #name: string;
  readonly #began = performance.now();
  #last: Step | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(name: string, stream: WriteStream = process.stderr) {
    this.#name = printableName(name);
    this.#stream = stream;
  }

  at(step: Step): void {
    this.#last = step;
    if (this.#stream.isTTY === true) {
      this.#timer ??= setInterval(() => this.#draw(), 200).unref();
      this.#draw();
    } else {
      this.#stream.write(`${this.#name}: ${step.phase} (${seconds(step.elapsedMs)})\n`);
    }
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#timer !== undefined) this.#stream.write('\r\x1b[K');
  }

  #draw(): void {
    const elapsed = seconds(performance.now() - this.#began);
    this.#stream.write(`\r\x1b[K${this.#name}: ${this.#last?.phase} (${elapsed})`);
  }
}
