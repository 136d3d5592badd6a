import { fstatSync, readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { libc } from '../../native/libc.js';
import { BulkFile, bulkFileSize } from '../protocol/bulk-file.js';
import { FrameReader, frameOf, readFrame } from '../protocol/frame.js';
import type { MemberChannel } from '../protocol/member-channel.js';
import type { FromMember, LaneMessage, Message, ToMember, ToWaitingMember } from '../protocol/messages.js';
import { processDescriptors } from '../protocol/process-descriptors.js';
import { SpareBytes } from '../protocol/spare-bytes.js';

/** The channel of a member that is a process: sockets that its parent has given it. It ends with its parent. */
export class ProcessChannel implements MemberChannel {
  readonly spare = new SpareBytes();
  readonly #bulk = openBulkFile();
  readonly #socket = new Socket({ fd: processDescriptors.requests });

  listen(receive: (message: ToMember) => void): void {
    const reader = new FrameReader((message) => {
      // What is written into a guest's memory is not kept.
      const lent = message.kind === 'write' ? this.#bulk.lend(message) : undefined;
      receive((lent ?? this.#bulk.restore(message, (length) => this.spare.take(length))) as ToMember);
    });
    this.#socket.on('data', (piece: Buffer) => reader.push(piece));
    this.#socket.on('close', () => process.exit());
    this.#socket.on('error', () => process.exit());
  }

  send(message: FromMember): void {
    const stored = message.kind === 'answer' ? this.#bulk.store(message as Message) : (message as Message);
    if (stored !== message && message.kind === 'answer') this.spare.keep(message.bytes as Uint8Array);
    const parts = frameOf(stored);
    this.#socket.cork();
    for (const part of parts) this.#socket.write(part);
    this.#socket.uncork();
  }

  sendOnLane(message: LaneMessage): void {
    for (const part of frameOf(message)) writeAll(part);
  }

  receiveOnLane(): ToWaitingMember {
    return readFrame(readAll) as ToWaitingMember;
  }
}

/** The file for large bytes, mapped where that is possible: that saves copies. */
function openBulkFile(): BulkFile {
  const { bulk: fd } = processDescriptors;
  const isThere = fstatSync(fd).size === bulkFileSize;
  const memory = isThere ? libc()?.process?.mapShared(fd, bulkFileSize) : undefined;
  return new BulkFile(fd, memory && new Uint8Array(memory));
}

/** The lane's descriptor waits: nobody has told it not to. */
function writeAll(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.byteLength; ) done += writeSync(processDescriptors.lane, bytes, done);
}

function readAll(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.byteLength; ) {
    const count = readSync(processDescriptors.lane, bytes, done, bytes.byteLength - done, null);
    // The caller is gone, and nobody waits for anything any more.
    if (count === 0) process.exit();
    done += count;
  }
}
