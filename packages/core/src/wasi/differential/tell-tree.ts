import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

// A file that was made larger without content is not read.
const maxContent = 4096;

/** Names, types, contents and targets of everything in a folder, in the order of names. */
export function tellTree(folder: string): string {
  return readdirSync(folder)
    .sort()
    .map((name) => `${name.slice(0, 40)}${tellEntry(join(folder, name))}`)
    .join(' ');
}

function tellEntry(path: string): string {
  const stats = lstatSync(path);
  if (stats.isDirectory()) return `/(${tellTree(path)})`;
  if (stats.isSymbolicLink()) return `->${readlinkSync(path)}`;
  if (!stats.isFile()) return '?';
  return `=${stats.size > maxContent ? `${stats.size} bytes` : JSON.stringify(readFileSync(path, 'utf8'))}`;
}
