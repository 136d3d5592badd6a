/** Most milliseconds of one inference, and of waiting for a model. */
export const maxTimeoutMs = 3_600_000;

/** Bounds of the numbers of a model, both included. */
export const bounds = {
  timeoutMs: [1, maxTimeoutMs],
  readyTimeoutMs: [0, maxTimeoutMs],
  connectTimeoutMs: [1, 600_000],
  retries: [0, 10],
  maxInFlight: [1, 10_000],
  maxQueued: [0, 100_000],
  maxMessageBytes: [1024, 2 ** 31 - 1],
} as const;

/** What they are where the host says nothing. */
export const defaults: Readonly<Record<keyof typeof bounds, number>> = {
  timeoutMs: 60_000,
  readyTimeoutMs: 5000,
  connectTimeoutMs: 5000,
  retries: 2,
  maxInFlight: 64,
  maxQueued: 256,
  maxMessageBytes: 2 ** 28,
};
