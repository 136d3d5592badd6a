import { encodeError, rebuildError } from '../../blocking/encoded-error.js';
import type { MemberChannel } from '../protocol/member-channel.js';
import type { Message, Request } from '../protocol/messages.js';

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

  constructor(channel: MemberChannel, serve: ServeRequest) {
    this.#channel = channel;
    this.#serve = serve;
  }

  /**
   * Asks the caller and waits for its reply, serving what the caller asks for meanwhile.
   *
   * @throws what the caller refuses with.
   */
  ask(question: Message): LaneReply {
    this.#channel.sendOnLane(question);
    for (;;) {
      const message = this.#channel.receiveOnLane();
      switch (message.kind) {
        case 'reply':
          return { value: message.value, bytes: message.bytes };
        case 'refusal':
          throw rebuildError(message.error);
        case 'request':
          this.#answer(
            message.bytes === undefined
              ? message.request
              : ({ ...message.request, bytes: message.bytes } as Request),
          );
      }
    }
  }

  #answer(request: Request): void {
    try {
      this.#channel.sendOnLane({ kind: 'answer', ...this.#serve(request) } as Message);
    } catch (error) {
      this.#channel.sendOnLane({ kind: 'error', error: encodeError(error) } as Message);
    }
  }
}
