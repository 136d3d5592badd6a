import { onAbort } from '../../control/on-abort.js';
import { lacksCallSite } from '../../errors/call-site.js';
import { nextCall } from '../protocol/call-number.js';
import type { FromMember, FromWaitingMember, Message, Request } from '../protocol/messages.js';
import { lostOutput, splitOutput } from '../protocol/output-lengths.js';
import { notAMessage } from '../protocol/read-head.js';
import type { ToldOutput } from '../protocol/stream-messages.js';
import { type Answer, abortError, type CallBounds } from './call-bounds.js';
import { type Answers, CallerLane } from './caller-lane.js';
import { checkAnswer } from './check-answer.js';
import { checkNews, type News } from './check-news.js';
import { crashError } from './crash-error.js';
import { giveTime } from './give-time.js';
import type { LaneOwner } from './lane-owner.js';
import { mostBytes, mostLaneBytes } from './most-bytes.js';
import { RunningCalls } from './running-calls.js';
import { timeoutError } from './timeout-error.js';
import type { MemberEnd, Transport, TransportEvents } from './transport.js';
import { unsendable } from './unsendable.js';

/** More are waited for: what comes after them begins its time when they are there. */
const maxUnansweredBytes = 4 * 1024 * 1024;

interface Pending extends Pick<CallBounds, 'onOutput' | 'capturedBytes' | 'results'> {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** What a member tells besides answers. */
export interface MemberEvents {
  /** A log line, a traced call, or what there is about compiled code. */
  onNews(member: Member, news: News): void;
  /** For the questions of guests that wait. */
  readonly answers: Answers;
  /** What a guest has written. */
  onOutput(output: ToldOutput): void;
  /** Told once. */
  onEnd(member: Member, error: Error): void;
}

/** A thread or process with a runtime, as its caller sees it: it serves one request at a time. */
export class Member implements LaneOwner {
  readonly transport: Transport;
  readonly #lane: CallerLane;
  readonly #events: MemberEvents;
  readonly #whenEnded = withResolvers();
  readonly #running = new RunningCalls();
  #pending: Pending | undefined;
  /** Whether a request that was not answered may not have been served yet. */
  #hasUnserved = false;
  /** Number of the latest request. */
  #call = 0;
  /** Why the running call is to end, once something has said so. */
  #stopReason: Error | undefined;
  #stopWaiting: (() => void) | undefined;
  /** Why it was ended on purpose. */
  #reason: Error | undefined;
  /** What ended it, once it has ended or is to end. */
  error: Error | undefined;

  constructor(open: (events: TransportEvents) => Transport, events: MemberEvents) {
    this.#events = events;
    this.#lane = new CallerLane(this, events.answers);
    this.transport = open({
      onMessage: (message) => this.#receive(message),
      onLaneMessage: (message) => this.#receiveOnLane(message),
      mostBytes: () => mostBytes(this.#running.request, this.#pending?.capturedBytes ?? 0),
      mostLaneBytes: () => mostLaneBytes(this.#lane.request),
      onEnd: (end) => this.#ended(end),
    });
  }

  /** Settles when the thread or process is gone. */
  get whenEnded(): Promise<void> {
    return this.#whenEnded.promise;
  }

  /** Sends a request, and gives its answer. The one before must have been answered. What is sure to succeed is not waited for, one at a time. */
  request(request: Request, bounds: CallBounds = {}): Promise<Answer> {
    if (request.kind === 'write' && request.isSure && !this.#hasUnserved) {
      if (request.bytes.byteLength <= maxUnansweredBytes) return this.#tell(request);
    }
    const answer = new Promise<Answer>((resolve, reject) => {
      const { onOutput, capturedBytes, results } = bounds;
      this.#pending = { resolve, reject, onOutput, capturedBytes, results };
    });
    this.#running.begin(request);
    this.#lane.begin(bounds.scope);
    this.transport.hold(true);
    try {
      this.transport.send(request);
    } catch (error) {
      this.#settle()?.reject(unsendable(error));
      return answer;
    }
    this.#call = nextCall(this.#call);
    const stopLooking =
      request.kind === 'start' ? undefined : this.transport.watchUsage?.((error) => this.end(error));
    const watched = stopLooking === undefined ? answer : answer.finally(stopLooking);
    if (bounds.timeoutMs === undefined && bounds.signal === undefined) return watched;
    return watched.finally(this.watch(bounds));
  }

  /** Has the running call end when its time is over or its signal is aborted, until what is returned is called. */
  watch({ timeoutMs, signal }: CallBounds): () => void {
    const abort = () => this.stop(abortError(signal as AbortSignal));
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => this.stop(timeoutError(timeoutMs)), timeoutMs);
    const unwatch = signal && onAbort(signal, abort);
    return () => {
      clearTimeout(timer);
      unwatch?.();
    };
  }

  /** Ends the running call, which is rejected with this error, and the member with it if that cannot be done otherwise. */
  stop(error: Error): void {
    const { callStop } = this.transport;
    if (this.#pending === undefined || this.#stopReason !== undefined) return;
    if (callStop === undefined) {
      this.end(error);
      return;
    }
    this.#stopReason = lacksCallSite(error);
    callStop.stop(this.#call);
    // This is read when no guest runs: then it is something else that the call waits for, and only ends with its thread.
    this.transport.send({ kind: 'end', call: this.#call });
    this.#stopWaiting = giveTime(
      () => callStop.isHeard,
      () => this.end(error),
    );
  }

  /**
   * Ends the thread or process; the running request is rejected with this error, and the member is not used again. It is asked to end by itself first, since
   * only then it gives back what it has of C.
   */
  end(error: Error): void {
    if (this.error !== undefined) return;
    const { callStop } = this.transport;
    const isIdle = this.#pending === undefined;
    this.#reason = error;
    this.#isOver(error);
    this.transport.hold(true);
    const kill = () => this.transport.kill();
    if (!isIdle && callStop === undefined) {
      kill();
      return;
    }
    if (!isIdle) callStop?.stop(this.#call);
    this.transport.send({ kind: 'end' });
    const stopWaiting = giveTime(() => isIdle || callStop?.isHeard === true, kill);
    void this.whenEnded.then(stopWaiting);
  }

  async #tell(request: Extract<Request, { readonly kind: 'write' }>): Promise<Answer> {
    try {
      this.transport.send({ ...request, isUnanswered: true });
    } catch (error) {
      throw unsendable(error);
    }
    this.#call = nextCall(this.#call);
    this.#hasUnserved = true;
    return { value: undefined, bytes: undefined };
  }

  #receive(message: FromMember): void {
    switch (message.kind) {
      case 'answer':
        if (this.error !== undefined) return;
        this.#checkAnswer(message);
        this.#tellOutput(message);
        this.#running.end(message.value);
        this.#settle()?.resolve({ value: message.value, bytes: message.bytes });
        break;
      case 'error': {
        if (this.error !== undefined) return;
        if (this.#pending === undefined && !this.transport.isBelieved) throw notAMessage('error');
        this.#tellOutput(message);
        // What a call says that was to end is not what ended it.
        const error = this.#stopReason ?? this.#lane.errorOf(message);
        this.#settle(error)?.reject(error);
        break;
      }
      default:
        if (!this.transport.isBelieved) checkNews(message);
        this.#events.onNews(this, message);
    }
  }

  #checkAnswer({ value, bytes }: Extract<FromMember, { readonly kind: 'answer' }>): void {
    if (this.transport.isBelieved) return;
    checkAnswer(this.#running.request, { value, bytes }, this.#pending?.results);
  }

  #receiveOnLane(message: Message): void {
    switch (message.kind) {
      case 'output':
        this.#events.onOutput(message as ToldOutput);
        break;
      case 'question':
      case 'answer':
      case 'error':
        // After the end of a member nobody is answered.
        if (this.error !== undefined) return;
        this.#lane.receive(message as FromWaitingMember, this.#pending !== undefined);
        break;
      default:
        throw notAMessage('kind');
    }
  }

  #tellOutput({ output, bytes }: Extract<FromMember, { readonly kind: 'answer' | 'error' }>): void {
    if (output !== undefined) this.#pending?.onOutput?.(splitOutput(output, bytes));
  }

  #settle(error?: unknown): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#hasUnserved = false;
    this.#running.end();
    this.#lane.end(error);
    this.#stopReason = undefined;
    this.#stopWaiting?.();
    this.transport.hold(false);
    return pending;
  }

  #ended(end: MemberEnd): void {
    const error = this.#reason ?? this.#stopReason;
    this.#isOver(error ?? crashError(this.transport, end, this.#running.describe()));
    this.#whenEnded.resolve();
  }

  #isOver(error: Error): void {
    if (this.error !== undefined) return;
    this.error = lacksCallSite(error);
    this.#events.onEnd(this, error);
    this.#pending?.onOutput?.(lostOutput);
    this.#settle(error)?.reject(error);
  }
}

function withResolvers() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
