/** Lets one after another have what only one may have at a time. */
export class Queue {
  #last: Promise<void> = Promise.resolve();

  /** Waits for those before; what is returned gives it to the next. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}
