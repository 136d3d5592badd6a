import { GuestCrashError, type RunningCall } from '../../errors/placement-errors.js';
import { shownName } from '../../errors/printable.js';
import type { MemberEnd, Transport } from './transport.js';

/**
 * What is said of a member that ended by itself.
 *
 * @param running the call that it ended in; `undefined` when its runtime was not made yet.
 */
export function crashError(
  transport: Pick<Transport, 'kind' | 'id' | 'adviceFor'>,
  end: MemberEnd,
  running: RunningCall | undefined,
): GuestCrashError {
  const { kind, id } = transport;
  const { signal, exitCode, hostCall, error, nonsense } = end;
  const cause = nonsense ?? error;
  const how =
    nonsense !== undefined
      ? 'sent what it must not, and was ended'
      : signal !== undefined
        ? `was ended by ${signal}`
        : exitCode !== undefined
          ? `ended with exit code ${exitCode}`
          : 'could not be started';
  const name = id === undefined ? kind : `${kind} ${id}`;
  if (running === undefined) {
    return new GuestCrashError(
      `The ${name} for guests ${how} before it could run one. ${transport.adviceFor?.(end, true) ?? 'See the cause.'}`,
      { signal, exitCode, running: {}, ...(cause === undefined ? {} : { cause }) },
    );
  }
  const known: RunningCall =
    hostCall === undefined
      ? running
      : { ...running, hostCall: shownName(hostCall.name), hostCallHasReturned: hostCall.hasReturned };
  const advice = transport.adviceFor?.(end, false);
  return new GuestCrashError(
    `The ${name} in which the guest ran ${how}${during(known)}. The host continues, and the next call gets a fresh one.${advice === undefined ? '' : ` ${advice}`}`,
    { signal, exitCode, running: known, ...(cause === undefined ? {} : { cause }) },
  );
}

function during({ guest, export: called, task, hostCall, hostCallHasReturned }: RunningCall): string {
  const parts = [
    ...(task === undefined ? [] : [`in the task ${task}`]),
    ...(called === undefined ? [] : [`in the export "${called}"`]),
    ...(guest === undefined ? [] : [`of the guest ${guest}`]),
    ...(hostCall === undefined
      ? []
      : [hostCallHasReturned ? `after the host call ${hostCall}` : `in the host call ${hostCall}`]),
  ];
  return parts.length === 0 ? '' : `, ${parts.join(' ')}`;
}
