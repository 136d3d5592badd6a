import { lacksCallSite } from '../../errors/call-site.js';
import { InstanceLostError } from '../../errors/placement-errors.js';

/** What is said of an instance whose member has ended. */
export function lostError(cause: Error): InstanceLostError {
  return lacksCallSite(
    new InstanceLostError(
      'The instance was lost when its thread or process ended; see the cause, and instantiate the guest again.',
      { cause },
    ),
  );
}
