/** Numbers of what stands for instances, for a caller that keeps something for each until it is gone. */
export class InstanceNumbers {
  readonly #numbers = new WeakMap<object, number>();
  readonly #registry = new FinalizationRegistry<number>((number) => this.#gone.push(number));
  #gone: number[] = [];
  #last = 0;

  of(instance: object): number {
    const known = this.#numbers.get(instance);
    if (known !== undefined) return known;
    const number = ++this.#last;
    this.#numbers.set(instance, number);
    this.#registry.register(instance, number);
    return number;
  }

  /** Those that are gone, once. */
  takeGone(): readonly number[] {
    const gone = this.#gone;
    if (gone.length > 0) this.#gone = [];
    return gone;
  }
}
