import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { posix } from 'node:path';
import { Parser, type ReadEntry } from 'tar';
import { ArchiveError } from '../errors.js';
import { checkEntry } from './check-entry.js';

const maxEntries = 10_000;
const maxBytes = 2 * 1024 ** 3;

/**
 * Takes one file out of an archive, and writes it only when every entry of the whole archive may be there.
 *
 * @param wanted the file's name, in whichever folder of the archive.
 * @param target where the file goes; it must not exist, and does not exist after an error.
 * @throws {ArchiveError} when the archive is broken, has an entry that is refused, or has the file not once.
 */
export async function unpackPlugin(
  archive: string,
  archiveName: string,
  wanted: string,
  target: string,
): Promise<void> {
  const file = await open(target, 'wx', 0o755);
  let found = 0;
  try {
    try {
      found = await unpack(archive, archiveName, wanted, file);
      await file.sync();
    } finally {
      await file.close();
    }
    if (found !== 1) {
      throw new ArchiveError(
        `${archiveName} has ${found === 0 ? 'no' : `${found} times a`} ${wanted} in it. Nothing was installed.`,
      );
    }
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

/** Reads the archive to its end; returns how often the wanted file is in it. */
function unpack(archive: string, archiveName: string, wanted: string, file: FileHandle): Promise<number> {
  return new Promise((resolve, reject) => {
    let found = 0;
    let entries = 0;
    let bytes = 0;
    let writing = Promise.resolve();
    const source = createReadStream(archive);
    const fail = (error: unknown) => {
      source.destroy();
      reject(archiveError(error, archiveName));
    };
    const take = (entry: ReadEntry) => {
      try {
        entries += 1;
        bytes += entry.size;
        if (entries > maxEntries || bytes > maxBytes) {
          throw new ArchiveError(
            `${archiveName} was refused: it has more than ${maxEntries} entries, or more than ${maxBytes} bytes in them. Nothing was installed.`,
          );
        }
        if (checkEntry(entry, archiveName) && posix.basename(entry.path) === wanted) {
          found += 1;
          writing = copy(entry, file);
          writing.catch(fail);
        } else {
          entry.resume();
        }
      } catch (error) {
        fail(error);
      }
    };
    // Strict: what is only a warning elsewhere, such as a wrong checksum of an entry, is an error.
    const parser = new Parser({ strict: true, onReadEntry: take });
    parser.on('ignoredEntry', take);
    parser.on('error', fail);
    parser.on('end', () => writing.then(() => resolve(found), fail));
    source.on('error', fail);
    source.pipe(parser as unknown as NodeJS.WritableStream);
  });
}

async function copy(entry: ReadEntry, file: FileHandle): Promise<void> {
  for await (const piece of entry) {
    await file.writeFile(piece);
  }
}

function archiveError(error: unknown, archiveName: string): unknown {
  return error instanceof ArchiveError
    ? error
    : new ArchiveError(
        `${archiveName} is damaged: ${error instanceof Error ? error.message : String(error)}. Nothing was installed.`,
        { cause: error },
      );
}
