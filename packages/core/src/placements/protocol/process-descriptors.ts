/** The descriptors by which a process is joined with its caller; the last two are files. */
export const processDescriptors = { requests: 3, lane: 4, bulk: 5, record: 6 } as const;
