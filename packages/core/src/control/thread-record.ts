import type { CallRecord } from './call-record.js';

let record: CallRecord | undefined;

/** Has the host calls of this thread's guests noted. To be called before a runtime is made. */
export function recordThread(on: CallRecord): void {
  record = on;
}

/** Where the host calls of this thread's guests are noted; `undefined` where nobody would read it. */
export function threadRecord(): CallRecord | undefined {
  return record;
}

/** Code that notes a host call whose place is in `at`, with `record` being the words; nothing where nothing is noted. */
export function recordSource(): { readonly begin: string; readonly end: string } {
  return record === undefined
    ? { begin: '', end: '' }
    : { begin: 'record[0] = at;', end: 'record[0] = -at;' };
}
