import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type PoolEvent, poolChannelName } from '@wasmedge-plugins/core';

/** What happens in a pool, by its name, until it is disposed. */
export class PoolEvents implements Disposable {
  readonly #all: PoolEvent[] = [];
  readonly #name: string;
  readonly #waiting = new Set<() => void>();

  constructor(name: string) {
    this.#name = name;
    subscribe(poolChannelName, this.#record);
  }

  of<Kind extends PoolEvent['kind']>(kind: Kind): Extract<PoolEvent, { kind: Kind }>[] {
    return this.#all.filter((event) => event.kind === kind) as Extract<PoolEvent, { kind: Kind }>[];
  }

  /** The members that have started and not ended. */
  get members() {
    const ended = new Set(this.of('member-ended').map(({ member }) => member));
    return this.of('member-started').filter(({ member }) => !ended.has(member));
  }

  /** Settles when something holds, which is looked at after each event. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  [Symbol.dispose](): void {
    unsubscribe(poolChannelName, this.#record);
  }

  readonly #record = (event: unknown) => {
    if ((event as PoolEvent).pool !== this.#name) return;
    this.#all.push(event as PoolEvent);
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  };
}
