import { controlThread } from '../../control/thread-control.js';
import { nextCall } from '../protocol/call-number.js';
import type { MemberChannel } from '../protocol/member-channel.js';
import type { FromMember, ToMember } from '../protocol/messages.js';
import type { LaneReply } from './lane.js';
import { MemberRuntime } from './member-runtime.js';
import { sendError } from './thrown-by-caller.js';

/** Serves the requests of a member's caller, each when it comes; the caller sends one after another. What `prepare` throws refuses the start. */
export function serveMember(channel: MemberChannel, prepare?: () => void): void {
  const { control } = channel;
  if (control !== undefined) controlThread(control);
  const member = new MemberRuntime(channel, prepare);
  let call = 0;
  let isRunning = false;
  /** What a request failed with that is not answered. */
  let failed: { readonly error: unknown } | undefined;
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
  const takeFailure = () => {
    const failure = failed;
    failed = undefined;
    if (failure !== undefined) throw failure.error;
  };
  const settle = (use: () => void) => {
    isRunning = false;
    control?.end();
    use();
  };
  // However a thread ends, what it has of C ends first, unless a guest runs.
  process.on('exit', () => member.dispose());
  channel.listen((message: ToMember) => {
    if (message.kind === 'end') {
      if (message.call === undefined || (isRunning && message.call === call)) process.exit();
      return;
    }
    if (message.kind === 'code') {
      member.code.take(message);
      return;
    }
    call = nextCall(call);
    isRunning = true;
    const isUnanswered = message.kind === 'write' && message.isUnanswered;
    try {
      control?.begin(call);
      takeFailure();
      const reply = member.serve(message);
      if (isUnanswered) settle(() => {});
      else if (reply instanceof Promise) {
        reply.then(
          (value) => settle(() => answer(value)),
          (error) => settle(() => refuse(error)),
        );
      } else settle(() => answer(reply));
    } catch (error) {
      settle(() => {
        if (isUnanswered) failed = { error };
        else refuse(error);
      });
      return;
    }
    member.lookAhead(message);
  });
}
