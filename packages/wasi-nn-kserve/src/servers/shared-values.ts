/** Values that several users have in common, each until its last user has given it back. */
export class SharedValues<Value> {
  readonly #entries = new Map<string, { readonly value: Value; users: number }>();
  readonly #end: (value: Value) => void;

  /** `end` is called with a value that nobody uses any more. */
  constructor(end: (value: Value) => void) {
    this.#end = end;
  }

  /** The value of that key; it is made for its first user. Each take is given back once. */
  take(key: string, make: () => Value): Value {
    const entry = this.#entries.get(key) ?? { value: make(), users: 0 };
    entry.users++;
    this.#entries.set(key, entry);
    return entry.value;
  }

  giveBack(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined || --entry.users > 0) return;
    this.#entries.delete(key);
    this.#end(entry.value);
  }
}
