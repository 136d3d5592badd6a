import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PackageMissingError, UsageError } from '../errors.js';
import { isReplaceable, writeOwnFile } from '../output/write-own-file.js';
import { resolveOptional } from '../packages/import-optional.js';
import type { Sample } from './catalogue.js';

/** Whether the package that has a sample is installed, in a version that has it. */
export function isInstalled(sample: Sample): boolean {
  return sourceOf(sample, sample.files[0]) !== undefined;
}

/**
 * Writes the files of a sample into the working folder.
 *
 * @throws {PackageMissingError} when its package is not installed.
 * @throws {UsageError} when one of the files exists, and is a folder or a link or `force` is not set; nothing is written then.
 */
export function writeSample(sample: Sample, force: boolean): void {
  const contents = sample.files.map((file) => ({ file, bytes: read(sample, file) }));
  const there = sample.files.filter(isReplaceable);
  if (!force && there.length > 0) {
    const verb = there.length === 1 ? 'exists' : 'exist';
    throw new UsageError(
      `${there.join(', ')} already ${verb} in this folder, and nothing was written; --force overwrites`,
    );
  }
  for (const { file, bytes } of contents) writeOwnFile(file, bytes, force);
}

function read(sample: Sample, file: string): Uint8Array {
  const url = sourceOf(sample, file);
  if (url === undefined) {
    throw new PackageMissingError([sample.packageName], `for the sample ${sample.name}`);
  }
  return readFileSync(fileURLToPath(url));
}

function sourceOf({ packageName }: Sample, file: string): string | undefined {
  return resolveOptional(`${packageName}/samples/${file}`);
}
