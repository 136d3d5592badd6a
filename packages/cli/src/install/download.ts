import { setTimeout as sleep } from 'node:timers/promises';
import { ChecksumError, DownloadError } from '../errors.js';
import { type Download, fetchRest, Interrupted } from './fetch-rest.js';
import { fileSha256 } from './file-sha256.js';

const attempts = 4;

/**
 * Downloads a file into its partial file, going on where an earlier attempt or run stopped, and checks its sum.
 *
 * @returns how many bytes were there already.
 * @throws {DownloadError} when the server does not give it.
 * @throws {ChecksumError} when it is not the file that was published.
 */
export async function download(job: Download): Promise<number> {
  const resumedAt = job.partial.size;
  if (resumedAt > 0 && (await fileSha256(job.partial.path)) === job.sha256) {
    return resumedAt;
  }
  await fetchWhole(job);
  if ((await fileSha256(job.partial.path)) === job.sha256) {
    return resumedAt;
  }
  if (resumedAt > 0) {
    // The beginning may be of another file; what was downloaded in one piece has no such excuse.
    job.partial.discard();
    await fetchWhole(job);
    if ((await fileSha256(job.partial.path)) === job.sha256) {
      return 0;
    }
  }
  const got = await fileSha256(job.partial.path);
  job.partial.discard();
  throw new ChecksumError(
    `${job.url.href} is not the file that was published: its SHA-256 is ${got}, but the release says ${job.sha256}. It was discarded, and nothing was installed. Try again; if it happens again, do not trust this server.`,
  );
}

async function fetchWhole(job: Download): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchRest(job);
      return;
    } catch (error) {
      if (!(error instanceof Interrupted)) {
        throw error;
      }
      if (attempt === attempts) {
        throw new DownloadError(
          `${job.url.href} was interrupted ${attempts} times: ${error.message}. ${job.partial.size} bytes are kept; run the command again to resume from there.`,
          { cause: error.cause },
        );
      }
      job.progress.note(`interrupted (${error.message}), resuming at ${job.partial.size} bytes`);
      await sleep(200 * attempt);
    }
  }
}
