import type { BlockingTask } from '@wasmedge-plugins/core';
import type { BackendContext } from '../../backend.js';
import { NnError } from '../../errors.js';
import { NnErrno, type NnErrnoName } from '../../nn-errno.js';
import { packageFile } from '../package-file.js';
import { askHost } from './ask-host.js';
import { AsyncHost } from './async-host.js';
import type { AnswerOf, AsyncRequest, FromHost, Told } from './messages.js';

/** Threads load built files only; the sources are compiled next to `dist`. */
function answerTask(): BlockingTask {
  const from = import.meta.url;
  const files = { built: './kit-task.js', source: '../../../dist/kit-task.js' };
  return {
    moduleUrl: packageFile({ package: '@wasmedge-plugins/wasi-nn', from, ...files }),
    exportName: 'answer',
  };
}

/** The way to a host of asynchronous backends. Failures come as {@link NnError}. */
export interface Link {
  /** Whether a guest asks, which is told at once of an input that is refused. */
  readonly isForGuest: boolean;
  /** Whether the implementation is in this thread: sessions have copied their inputs already then, and nothing is moved. */
  readonly isHere: boolean;
  /** What the host adds to a request that is waited for. */
  askHost(fromHost: FromHost): unknown;
  /** Asks and waits, with the buffers of the request moved. */
  ask<Request extends AsyncRequest>(request: Request, transfer?: readonly ArrayBuffer[]): AnswerOf<Request>;
  /** Asks, and goes on meanwhile. */
  askAsync<Request extends AsyncRequest>(
    request: Request,
    transfer?: readonly ArrayBuffer[],
  ): Promise<AnswerOf<Request>>;
  /** Asks for what has no answer that matters, such as to free something. */
  tell(request: AsyncRequest): void;
}

/** Takes what an implementation in the helper thread tells this one. */
export type OnTold = ((message: unknown) => void) | undefined;

/** For a guest: everything waits for the helper thread. */
export function guestLink({ blocking }: BackendContext, onTold: OnTold): Link {
  const link = helperLink(blocking, onTold);
  return { ...link, isForGuest: true, tell: link.ask };
}

/** For a session: to the helper thread, or to a host in this one, which can only be waited for asynchronously. */
export function sessionLink(
  { blocking, logger }: BackendContext,
  where: 'helper' | 'here',
  onTold: OnTold,
): Link {
  const link = where === 'helper' ? helperLink(blocking, onTold) : hereLink();
  return {
    ...link,
    isForGuest: false,
    tell: (request) => {
      link.askAsync(request).catch((error: Error) => logger('debug', `WASI-NN: ${error.message}`));
    },
  };
}

function helperLink(blocking: BackendContext['blocking'], onTold: OnTold): Omit<Link, 'tell' | 'isForGuest'> {
  const task = answerTask();
  const passOn = ({ told }: Told) => {
    for (const message of told ?? []) onTold?.(message);
  };
  const fail = (error: unknown) => {
    if (error instanceof Error) passOn(error as Told);
    return asNnError(error);
  };
  return {
    isHere: false,
    askHost,
    ask<Request extends AsyncRequest>(request: Request, transfer: readonly ArrayBuffer[] = []) {
      try {
        const answer: AnswerOf<Request> & Told = blocking.call(task, request, { transfer });
        passOn(answer);
        return answer;
      } catch (error) {
        throw fail(error);
      }
    },
    async askAsync<Request extends AsyncRequest>(request: Request, transfer: readonly ArrayBuffer[] = []) {
      try {
        const answer: AnswerOf<Request> & Told = await blocking.callAsync(task, request, { transfer });
        passOn(answer);
        return answer;
      } catch (error) {
        throw fail(error);
      }
    },
  };
}

function hereLink(): Omit<Link, 'tell' | 'isForGuest'> {
  const host = new AsyncHost();
  const refuse = () => {
    throw new NnError(
      'unsupported_operation',
      'This backend computes asynchronously; use runAsync() or stream().',
    );
  };
  return {
    isHere: true,
    askHost: refuse,
    ask: refuse,
    async askAsync<Request extends AsyncRequest>(request: Request) {
      try {
        return (await host.answer(request)) as AnswerOf<Request>;
      } catch (error) {
        throw asNnError(error);
      }
    },
  };
}

/** An error that tells its code, wherever it was made. */
function asNnError(error: unknown): unknown {
  if (!(error instanceof Error) || !('errnoName' in error)) return error;
  const { errnoName, message } = error;
  return Object.hasOwn(NnErrno, String(errnoName))
    ? new NnError(errnoName as NnErrnoName, message, { cause: error })
    : error;
}
