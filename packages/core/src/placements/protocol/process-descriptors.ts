/** The descriptors by which a process is joined with its caller. */
export const processDescriptors = { requests: 3, lane: 4, bulk: 5 } as const;
