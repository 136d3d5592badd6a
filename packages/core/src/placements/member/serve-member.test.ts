import { expect, test } from 'vitest';
import type { MemberChannel } from '../protocol/member-channel.js';
import type { FromMember, ToMember } from '../protocol/messages.js';
import { SpareBytes } from '../protocol/spare-bytes.js';
import { serveMember } from './serve-member.js';

function open() {
  const sent: FromMember[] = [];
  let receive: (message: ToMember) => void = () => {};
  const channel: MemberChannel = {
    spare: new SpareBytes(),
    listen: (listener) => {
      receive = listener;
    },
    send: (message) => sent.push(message),
    sendOnLane: () => {},
    receiveOnLane: () => {
      throw new Error('Nothing is asked here.');
    },
  };
  serveMember(channel);
  return { sent, receive: (message: ToMember) => receive(message) };
}

test('what is not answered and fails refuses the next request, once', () => {
  const { sent, receive } = open();
  const bytes = new Uint8Array(1);
  const write = { kind: 'write', instance: 7, memory: undefined, at: 0, isSure: true, bytes } as const;
  receive({ ...write, isUnanswered: true });
  expect(sent).toEqual([]);
  receive({ kind: 'forgetGuest', number: 1 });
  receive({ kind: 'forgetGuest', number: 1 });
  expect(sent).toMatchObject([{ kind: 'error', error: { name: 'DisposedError' } }, { kind: 'answer' }]);
});
