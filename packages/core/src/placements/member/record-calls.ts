import { closeSync, fstatSync } from 'node:fs';
import { CallRecord, recordSize } from '../../control/call-record.js';
import { recordThread } from '../../control/thread-record.js';
import { libc } from '../../native/libc.js';
import { processDescriptors } from '../protocol/process-descriptors.js';

/** Has this process note its guests' host calls in the file that its caller has given it. */
export function recordCalls(): void {
  const { record: fd } = processDescriptors;
  try {
    const memory = fstatSync(fd).size === recordSize ? libc()?.process?.mapShared(fd, recordSize) : undefined;
    if (memory !== undefined) recordThread(new CallRecord(memory));
  } finally {
    closeSync(fd);
  }
}
