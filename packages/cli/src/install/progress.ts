import type { WriteStream } from 'node:tty';
import { printable, printableName } from '@wasmedge-plugins/core';
import { megabytes } from '../output/megabytes.js';

const width = 30;
const lineEveryMs = 5000;
const barEveryMs = 100;

/** Tells on stderr how far a download is: a bar on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #stream: WriteStream;
  readonly #name: string;
  readonly #isBar: boolean;
  #total: number | undefined;
  #size = 0;
  #last = 0;

  constructor(name: string, stream: WriteStream = process.stderr) {
    this.#name = printableName(name);
    this.#stream = stream;
    this.#isBar = stream.isTTY === true;
  }

  /** @param total all bytes of the file, when the server told it. */
  begin(start: number, total: number | undefined): void {
    this.#total = total;
    this.#size = start;
    this.#last = Date.now();
    if (this.#isBar) {
      this.#draw();
    } else {
      const size = total === undefined ? '' : ` (${megabytes(total)})`;
      this.#line(
        start === 0
          ? `downloading ${this.#name}${size}`
          : `resuming ${this.#name} at ${megabytes(start)}${size}`,
      );
    }
  }

  at(size: number): void {
    this.#size = size;
    if (Date.now() - this.#last < (this.#isBar ? barEveryMs : lineEveryMs)) {
      return;
    }
    this.#last = Date.now();
    if (this.#isBar) {
      this.#draw();
    } else {
      this.#line(`${this.#name}: ${this.#text()}`);
    }
  }

  end(): void {
    if (this.#isBar) {
      this.#draw();
      this.#stream.write('\n');
    } else {
      this.#line(`downloaded ${this.#name} (${megabytes(this.#size)})`);
    }
  }

  note(text: string): void {
    this.#stream.write(`${this.#isBar && this.#last > 0 ? '\n' : ''}${printable(text)}\n`);
  }

  #draw(): void {
    const share = this.#total ? Math.min(1, this.#size / this.#total) : 0;
    const done = Math.round(share * width);
    this.#stream.write(`\r[${'#'.repeat(done)}${'.'.repeat(width - done)}] ${this.#text()} ${this.#name}`);
  }

  #text(): string {
    return this.#total === undefined
      ? megabytes(this.#size)
      : `${Math.floor((this.#size / (this.#total || 1)) * 100)} % of ${megabytes(this.#total)}`;
  }

  #line(text: string): void {
    this.#stream.write(`${text}\n`);
  }
}
