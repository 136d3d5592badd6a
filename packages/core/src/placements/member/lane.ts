import type { MemberChannel } from '../protocol/member-channel.js';
import type { Question, Request } from '../protocol/messages.js';
import type { ToldOutput } from '../protocol/stream-messages.js';
import { receiveError, sendError } from './thrown-by-caller.js';

/** The answer to a question: what it is, and bytes beside it. */
export interface LaneReply {
  readonly value: unknown;
  readonly bytes: Uint8Array | undefined;
}

/** What a request is answered with in a member. */
export type ServeRequest = (request: Request) => LaneReply;

/** How what runs in a member asks its caller, and waits. */
export class Lane {
  readonly #channel: MemberChannel;
  readonly #serve: ServeRequest;
  #last = 0;

  constructor(channel: MemberChannel, serve: ServeRequest) {
    this.#channel = channel;
    this.#serve = serve;
  }

  /**
   * Asks the caller and waits for its reply, serving what the caller asks for meanwhile. The question's bytes are given away.
   *
   * @throws what the caller refuses with.
   * @throws {GuestAbortError} when the call that runs is to end.
   */
  ask({ bytes, ...question }: Question): LaneReply {
    const number = ++this.#last;
    this.#channel.sendOnLane({ kind: 'question', number, question, bytes });
    for (;;) {
      const message = this.#channel.receiveOnLane();
      // Meant for a question whose call was ended while it waited.
      if (message.number !== number) continue;
      switch (message.kind) {
        case 'reply':
          return { value: message.value, bytes: message.bytes };
        case 'refusal':
          throw receiveError(message);
        case 'request':
          this.#answer(
            number,
            message.bytes === undefined
              ? message.request
              : ({ ...message.request, bytes: message.bytes } as Request),
          );
      }
    }
  }

  /** Tells the caller something, without waiting. The bytes are given away. */
  tell(output: ToldOutput): void {
    this.#channel.sendOnLane(output);
  }

  #answer(number: number, request: Request): void {
    try {
      this.#channel.sendOnLane({ kind: 'answer', number, ...this.#serve(request) });
    } catch (error) {
      this.#channel.sendOnLane({ kind: 'error', number, ...sendError(error) });
    }
  }
}
