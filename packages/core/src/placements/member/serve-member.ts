import type { MemberChannel } from '../protocol/member-channel.js';
import type { FromMember, Request } from '../protocol/messages.js';
import type { LaneReply } from './lane.js';
import { MemberRuntime } from './member-runtime.js';
import { sendError } from './thrown-by-caller.js';

/** Serves the requests of a member's caller, each when it comes; the caller sends one after another. */
export function serveMember(channel: MemberChannel): void {
  const member = new MemberRuntime(channel);
  const answer = (reply: LaneReply) => {
    send({ kind: 'answer', ...reply, ...(reply.bytes === undefined && member.takeOutput()) });
  };
  const refuse = (error: unknown) => {
    send({ kind: 'error', ...sendError(error), ...member.takeOutput() });
  };
  const send = (message: FromMember) => {
    try {
      channel.send(message);
    } catch (error) {
      channel.send({ kind: 'error', ...sendError(error) });
    }
  };
  channel.listen((request: Request) => {
    try {
      const reply = member.serve(request);
      if (reply instanceof Promise) reply.then(answer, refuse);
      else answer(reply);
    } catch (error) {
      refuse(error);
    }
  });
}
