/** What the guests of a runtime may hold at a time, all instances together. */
export interface NnLimits {
  /** Models that are loaded. */
  readonly maxGraphs: number;
  /** Execution contexts. */
  readonly maxContexts: number;
  /** Bytes of models that guests brought, and of the tensors of all contexts. */
  readonly maxBytes: number;
}

/** Where the host says nothing. */
export const defaultLimits: NnLimits = { maxGraphs: 64, maxContexts: 256, maxBytes: 2 ** 30 };

/** Names of all limits. */
export const limitNames = Object.keys(defaultLimits) as readonly (keyof NnLimits)[];

/** Those that are set; of one that several backends of a runtime set, the lowest. */
export function combineLimits(
  limits: readonly { readonly [Name in keyof NnLimits]?: number | undefined }[],
): Partial<NnLimits> {
  const entries = limitNames.flatMap((name) => {
    const given = limits.flatMap((each) => each[name] ?? []);
    return given.length === 0 ? [] : [[name, Math.min(...given)]];
  });
  return Object.fromEntries(entries);
}
