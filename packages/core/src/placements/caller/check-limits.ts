import type { EngineName } from '../../engines/engine.js';
import { UnsupportedByPlacementError } from '../../errors/placement-errors.js';
import type { Limits } from '../../limits/limits.js';
import type { PlacementName } from '../interface/placed-runtime.js';

/**
 * Refuses what only the process of its own can keep, elsewhere.
 *
 * @throws {UnsupportedByPlacementError} naming the limit.
 */
export function refuseLimitsOfProcess(
  placement: PlacementName,
  limits: Limits,
  platform: string = process.platform,
): void {
  const name = (['cpuMs', 'memoryBytes'] as const).find((each) => limits[each] !== undefined);
  if (name === undefined || (placement === 'process' && platform === 'linux')) return;
  throw new UnsupportedByPlacementError(
    placement === 'process'
      ? `limits.${name} is available on Linux only; omit it on ${platform}.`
      : `limits.${name} needs placement: 'process'; use that, or omit it.`,
  );
}

/** Which limits a member keeps itself: not those that its caller keeps, who can end it whatever it does. */
export function limitsOfMember(engine: EngineName, limits: Limits = {}): Limits {
  const { timeoutMs: _time, cpuMs: _cpu, memoryBytes: _memory, growthBytes, ...kept } = limits;
  return engine === 'v8' || growthBytes === undefined ? kept : { ...kept, growthBytes };
}
