import type { RunningCall } from '../../errors/placement-errors.js';
import { shownName } from '../../errors/printable.js';
import { bytesNames, namesOfGuest } from '../../runtime/load-guest.js';
import type { DescribedInstance, GuestReference, Request } from '../protocol/messages.js';

/** What a member is asked for, so that it is known when it ends meanwhile. */
export class RunningCalls {
  readonly #guests = new Map<number, string>();
  #request: Request | undefined;

  begin(request: Request): void {
    this.#request = request;
  }

  /** To be called when the request has been answered, with the answer if it was not an error. */
  end(value?: unknown): void {
    const request = this.#request;
    this.#request = undefined;
    if (request?.kind === 'instantiate' && value !== undefined) {
      this.#guests.set((value as DescribedInstance).number, labelOf(request.guest));
    } else if (request?.kind === 'disposeInstance') this.#guests.delete(request.instance);
  }

  /** The request that was not answered yet. */
  get request(): Request | undefined {
    return this.#request;
  }

  /** What runs; `undefined` while the runtime is being made. */
  describe(): RunningCall | undefined {
    const request = this.#request;
    switch (request?.kind) {
      case 'run':
        return { guest: labelOf(request.guest), export: '_start' };
      case 'instantiate':
        return { guest: labelOf(request.guest) };
      case 'call':
        return { guest: this.#guests.get(request.instance), export: shownName(request.name) };
      case 'perform':
        return { task: shownName(request.export) };
      case 'start':
        return undefined;
      default:
        return {};
    }
  }
}

function labelOf(guest: GuestReference): string {
  switch (guest.form) {
    case 'file':
      return namesOfGuest(guest.file).label;
    case 'kept':
      return guest.label;
    case 'bytes':
      return bytesNames.label;
  }
}
