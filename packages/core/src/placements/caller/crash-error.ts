import { GuestCrashError, type RunningCall } from '../../errors/placement-errors.js';
import { shownName } from '../../errors/printable.js';
import type { MemberEnd, Transport } from './transport.js';

/** What is said of a member that ended by itself, in the call that `running` tells. */
export function crashError(
  { kind, id }: Pick<Transport, 'kind' | 'id'>,
  { signal, exitCode, hostCall, error, nonsense }: MemberEnd,
  running: RunningCall,
): GuestCrashError {
  const cause = nonsense ?? error;
  const how =
    nonsense !== undefined
      ? 'sent what it may not, and was ended'
      : signal !== undefined
        ? `was ended by ${signal}`
        : exitCode !== undefined
          ? `ended with exit code ${exitCode}`
          : 'could not be started';
  const name = id === undefined ? kind : `${kind} ${id}`;
  const known: RunningCall =
    hostCall === undefined
      ? running
      : { ...running, hostCall: shownName(hostCall.name), hostCallHasReturned: hostCall.hasReturned };
  return new GuestCrashError(
    `The ${name} in which the guest ran ${how}${during(known)}. The host goes on, and the next call gets a fresh one.`,
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
