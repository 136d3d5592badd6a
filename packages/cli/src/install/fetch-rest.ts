import { type FileHandle, open } from 'node:fs/promises';
import { DownloadError } from '../errors.js';
import { fileSha256 } from './file-sha256.js';
import { type HttpAnswer, type HttpClient, messageOf } from './http-get.js';
import type { PartialFile } from './partial-file.js';
import type { Progress } from './progress.js';

const maxBytes = 1024 ** 3;

/** What is downloaded, and how. */
export interface Download {
  readonly client: HttpClient;
  readonly url: URL;
  readonly sha256: string;
  readonly partial: PartialFile;
  readonly progress: Progress;
  readonly timeoutMs: number;
}

/** An answer that broke off, after which another attempt may go on. */
export class Interrupted extends Error {}

/**
 * Asks for what is missing of a file, and appends it to its partial file.
 *
 * @throws {Interrupted} when another attempt may go on.
 * @throws {DownloadError} when the server does not give it.
 */
export async function fetchRest(job: Download): Promise<void> {
  const { client, partial, url } = job;
  const { size: start, validator } = partial;
  const range = start > 0 && { range: `bytes=${start}-`, ...(validator && { 'if-range': validator }) };
  const answer = await client.get(url, range || {}).catch((error: unknown) => {
    if (start > 0 && DownloadError.isInstance(error)) {
      throw new Interrupted('the server does not respond', { cause: error });
    }
    throw error;
  });
  switch (answer.status) {
    case 206:
      if (!continuesAt(answer, start)) {
        await answer.body.dump();
        partial.discard();
        throw new Interrupted('the server sent a different range from the one asked for');
      }
      return store(job, answer, start);
    case 200:
      partial.discard();
      partial.validator = validatorOf(answer);
      return store(job, answer, 0);
    case 416:
      await answer.body.dump();
      // Either everything is there already, which the sum tells, or it is of no use.
      if ((await fileSha256(partial.path)) !== job.sha256) {
        partial.discard();
        throw new Interrupted('the server has less than was downloaded before');
      }
      return undefined;
    default:
      await answer.body.dump();
      throw new DownloadError(
        answer.status === 404
          ? `There is no ${url.href}, although the release has a checksum for it. Try again later, or name another version with @version.`
          : `${url.href} responds with status ${answer.status}; try again later.`,
      );
  }
}

async function store(job: Download, answer: HttpAnswer, start: number): Promise<void> {
  const length = Number(answer.headers['content-length'] ?? Number.NaN);
  const total = Number.isNaN(length) ? undefined : start + length;
  if (total !== undefined && total > maxBytes) {
    await answer.body.dump();
    throw tooLarge(job.url);
  }
  job.progress.begin(start, total);
  const file = await open(job.partial.path, 'a');
  try {
    await append(job, answer, file, start, total);
  } finally {
    await file.close();
  }
}

async function append(
  job: Download,
  answer: HttpAnswer,
  file: FileHandle,
  start: number,
  total: number | undefined,
): Promise<void> {
  let size = start;
  const pieces = answer.body[Symbol.asyncIterator]();
  for (;;) {
    const piece = await pieces.next().catch((cause: unknown) => {
      throw new Interrupted(messageOf(cause, job.timeoutMs), { cause });
    });
    if (piece.done) {
      break;
    }
    size += piece.value.byteLength;
    if (size > maxBytes) {
      await answer.body.dump();
      throw tooLarge(job.url);
    }
    await file.writeFile(piece.value);
    job.progress.at(size);
  }
  if (total !== undefined && size < total) {
    throw new Interrupted(`the server stopped at ${size} of ${total} bytes`);
  }
  job.progress.end();
}

function continuesAt({ headers }: HttpAnswer, start: number): boolean {
  const range = headers['content-range'];
  return typeof range === 'string' && range.startsWith(`bytes ${start}-`);
}

/** A strong ETag, or the date; a weak one cannot be used with ranges. */
function validatorOf({ headers }: HttpAnswer): string | undefined {
  const { etag, 'last-modified': date } = headers;
  if (typeof etag === 'string' && !etag.startsWith('W/')) {
    return etag;
  }
  return typeof date === 'string' ? date : undefined;
}

function tooLarge(url: URL): DownloadError {
  return new DownloadError(
    `${url.href} is larger than ${maxBytes} bytes; check the address of the releases.`,
  );
}
