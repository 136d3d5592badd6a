/** How waiting times grow: doubled each time, up to a bound. */
export interface BackOff {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Before a call is tried again, and between two questions whether a model is ready. */
export const retryBackOff: BackOff = { leastMs: 100, mostMs: 2_000 };

/** How long a server gets no calls. */
export const ejectionBackOff: BackOff = { leastMs: 100, mostMs: 30_000 };

/** The waiting time after so many that were waited before it. */
export function backOffMs({ leastMs, mostMs }: BackOff, before: number): number {
  return Math.min(mostMs, leastMs * 2 ** before);
}
