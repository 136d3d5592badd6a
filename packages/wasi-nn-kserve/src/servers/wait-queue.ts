/** Something in a queue. */
interface Entry<Value> {
  readonly value: Value;
  before: Entry<Value> | undefined;
  after: Entry<Value> | undefined;
  isIn: boolean;
}

/** Lets an entry leave the queue from wherever it is; `false` if it is not in it any more. */
export type Leave = () => boolean;

/** First come, first served; entries may also leave from the middle. All of it takes the same time, however many wait. */
export class WaitQueue<Value> {
  #first: Entry<Value> | undefined;
  #last: Entry<Value> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): Value | undefined {
    return this.#first?.value;
  }

  push(value: Value): Leave {
    const entry: Entry<Value> = { value, before: this.#last, after: undefined, isIn: true };
    if (this.#last === undefined) this.#first = entry;
    else this.#last.after = entry;
    this.#last = entry;
    this.#size++;
    return () => this.#remove(entry);
  }

  shift(): Value | undefined {
    const first = this.#first;
    if (first !== undefined) this.#remove(first);
    return first?.value;
  }

  #remove(entry: Entry<Value>): boolean {
    if (!entry.isIn) return false;
    entry.isIn = false;
    if (entry.before === undefined) this.#first = entry.after;
    else entry.before.after = entry.after;
    if (entry.after === undefined) this.#last = entry.before;
    else entry.after.before = entry.before;
    this.#size--;
    return true;
  }
}
