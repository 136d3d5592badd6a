import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

const groupOrOthersWrite = 0o022;
const sticky = 0o1000;

/** Why others than the user of this process may change a file or put another in its place; empty where none may, and on Windows. */
export function othersWhoMayWrite(path: string): string[] {
  const user = process.getuid?.();
  if (user === undefined) {
    return [];
  }
  const reasons: string[] = [];
  const file = statSync(path, { throwIfNoEntry: false });
  if (file !== undefined && isForeign(file, user)) {
    reasons.push(`belongs to the user ${file.uid}`);
  }
  if (file !== undefined && (file.mode & groupOrOthersWrite) !== 0) {
    reasons.push(`can be written by others (mode ${modeText(file)}; run chmod 600)`);
  }
  const folder = statSync(dirname(path));
  if (isForeign(folder, user) && folder.uid !== 0) {
    reasons.push(`is in a folder of the user ${folder.uid}`);
  }
  // In a sticky folder, files are replaced by their owner only.
  if ((folder.mode & groupOrOthersWrite) !== 0 && (folder.mode & sticky) === 0) {
    reasons.push(`is in a folder that others can write to (mode ${modeText(folder)})`);
  }
  return reasons;
}

function isForeign({ uid }: Stats, user: number): boolean {
  return uid !== user;
}

function modeText({ mode }: Stats): string {
  return (mode & 0o7777).toString(8);
}
