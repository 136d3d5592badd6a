import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PackageMissingError, UsageError } from '../errors.js';
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
 * @throws {UsageError} when one of the files exists, and is a folder or `force` is not set; nothing is written then.
 */
export function writeSample(sample: Sample, force: boolean): void {
  const contents = sample.files.map((file) => ({ file, bytes: read(sample, file) }));
  // A link that leads nowhere is there too.
  const there = sample.files.flatMap((file) => {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ file, isFolder: stats.isDirectory() }];
  });
  const folder = there.find(({ isFolder }) => isFolder);
  if (folder !== undefined) {
    throw new UsageError(
      `${folder.file} is a folder, and nothing was written; use another folder for the sample`,
    );
  }
  if (!force && there.length > 0) {
    const verb = there.length === 1 ? 'exists' : 'exist';
    throw new UsageError(
      `${there.map(({ file }) => file).join(', ')} already ${verb} in this folder, and nothing was written; --force overwrites`,
    );
  }
  for (const { file, bytes } of contents) writeFileSync(file, bytes, { flag: force ? 'w' : 'wx' });
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
