import type { NnErrnoName } from '@wasmedge-plugins/wasi-nn';
import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { RemoteFailure } from '../transports/remote-failure.js';
import type { Attempts } from './attempts.js';
import type { ServerCall } from './call-server.js';
import { errnoOf } from './failure-errno.js';
import type { Said } from './said.js';
import { withoutSecrets } from './without-secrets.js';

const moreTime = ' Allow more with "timeoutMs", or see what keeps the server.';

/** The errors of a call that was not answered as it should. Nothing of its headers is in them. */
export class CallFailures {
  readonly #call: ServerCall;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #attempts: Attempts;

  constructor(call: ServerCall, headers: Readonly<Record<string, string>>, attempts: Attempts) {
    this.#call = call;
    this.#headers = headers;
    this.#attempts = attempts;
  }

  /** The last attempt failed, and there is no other. */
  failed({ kind, message }: RemoteFailure): BackendFailure {
    const text = `${message.replace(/\.$/, '')} (${this.#about}).`;
    return this.#make(
      errnoOf(kind, this.#call.isLoading),
      kind === 'timed-out' ? `${text}${moreTime}` : text,
    );
  }

  /** A server had not answered when the time was over. */
  late(address: string): BackendFailure {
    const text = `${address} had not answered when ${this.#call.timeoutMs} ms were over (${this.#about}).`;
    return this.#make('runtime_error', `${text}${moreTime}`);
  }

  /** No server had room before the time was over. */
  crowded(): BackendFailure {
    const text = `No server had room for another call within ${this.#call.timeoutMs} ms (${this.#about}).`;
    return this.#make('busy', `${text} Call less often, or allow more with "maxInFlight".`);
  }

  /** As many calls wait as may. */
  full(): BackendFailure {
    const text = `The servers have as many calls as they may, and as many wait as may (${this.#about}).`;
    return this.#make('busy', `${text} Call less often, or allow more with "maxInFlight" or "maxQueued".`);
  }

  /** No server has the model ready; `isOver` says whether the time was over. */
  notReady(said: readonly Said[], isOver: boolean): BackendFailure {
    const time = isOver && this.#call.timeoutMs > 0 ? ` within ${this.#call.timeoutMs} ms` : '';
    const advice = isOver ? ' Start a server that has it, or allow more with "readyTimeoutMs".' : '';
    const first = said[0]?.errno ?? 'runtime_error';
    const errno = said.every((each) => each.errno === first) ? first : 'runtime_error';
    const texts = said.map(({ text }) => text).join(' ');
    return this.#make(errno, `No server was ready${time} (${this.#about}). ${texts}${advice}`);
  }

  closed(): BackendFailure {
    return this.#make('runtime_error', `The connections to the servers are closed (${this.#about}).`);
  }

  get #about(): string {
    return this.#attempts.describe(this.#call.model);
  }

  #make(errno: NnErrnoName, message: string): BackendFailure {
    return new BackendFailure(errno, withoutSecrets(message, this.#headers));
  }
}
