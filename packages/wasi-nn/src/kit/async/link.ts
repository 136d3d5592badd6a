import type { BlockingTask } from '@wasmedge-plugins/core';
import type { BackendContext } from '../../backend.js';
import { NnError } from '../../errors.js';
import { NnErrno, type NnErrnoName } from '../../nn-errno.js';
import { packageFile } from '../package-file.js';
import { askHost } from './ask-host.js';
import { AsyncHost } from './async-host.js';
import type { AnswerOf, AsyncRequest, FromHost, Told } from './messages.js';
import { ProcessHost } from './process-host.js';

/** Threads load built files only; the sources are compiled next to `dist`. */
function answerTask(isolated: boolean): BlockingTask {
  const from = import.meta.url;
  const name = isolated ? 'kit-process-task.js' : 'kit-task.js';
  const files = { built: `./${name}`, source: `../../../dist/${name}` };
  return {
    moduleUrl: packageFile({ package: '@wasmedge-plugins/wasi-nn', from, ...files }),
    exportName: 'answer',
  };
}

/** The way to a host of asynchronous backends. Failures come as {@link NnError}. */
export interface Link {
  /** Whether a guest asks, which is told at once of an input that is refused. */
  readonly isForGuest: boolean;
  /** Whether this thread asks the implementation itself: sessions have copied their inputs already then, and nothing is moved. */
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
  /** Ends what a context computes for a session that is over; a thread or a process that computes hears nothing, and is ended itself. A guest waits for what it computes, up to its time limit. */
  cancel(context: string): void;
}

/** Takes what an implementation elsewhere tells this thread. */
export type OnTold = ((message: unknown) => void) | undefined;

/** For a guest: everything waits for the helper thread, which may have a process of its own for it. */
export function guestLink({ blocking }: BackendContext, onTold: OnTold, isolated: boolean): Link {
  const link = helperLink(blocking, onTold, isolated);
  return { ...link, isForGuest: true, tell: link.ask, cancel: () => {} };
}

/** For a session: to the helper thread, or to a host in this one or in a process, which can only be waited for asynchronously. */
export function sessionLink(
  { blocking, logger }: BackendContext,
  where: 'helper' | 'here' | 'process',
  onTold: OnTold,
): Link {
  const host = where === 'here' ? new AsyncHost() : new ProcessHost('create another session');
  const link = where === 'helper' ? helperLink(blocking, onTold, false) : hereLink(host, onTold);
  const tell = (request: AsyncRequest) => {
    link.askAsync(request).catch((error: Error) => logger('debug', `WASI-NN: ${error.message}`));
  };
  return {
    ...link,
    isForGuest: false,
    tell,
    cancel(context) {
      if (where === 'helper') blocking[Symbol.dispose]();
      else if (host instanceof ProcessHost) host.end();
      else tell({ kind: 'cancel', context });
    },
  };
}

/** Passes on what was told beside an answer, or beside an error. */
function passer(onTold: OnTold) {
  const passOn = ({ told }: Told) => {
    for (const message of told ?? []) onTold?.(message);
  };
  const fail = (error: unknown) => {
    if (error instanceof Error) passOn(error as Told);
    return asNnError(error);
  };
  return { passOn, fail };
}

function helperLink(
  blocking: BackendContext['blocking'],
  onTold: OnTold,
  isolated: boolean,
): Omit<Link, 'tell' | 'cancel' | 'isForGuest'> {
  const task = answerTask(isolated);
  const { passOn, fail } = passer(onTold);
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

function hereLink(
  host: AsyncHost | ProcessHost,
  onTold: OnTold,
): Omit<Link, 'tell' | 'cancel' | 'isForGuest'> {
  const { passOn, fail } = passer(onTold);
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
        const answer = (await host.answer(request)) as AnswerOf<Request> & Told;
        passOn(answer);
        return answer;
      } catch (error) {
        throw fail(error);
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
