/**
 * The names in a folder on which something is mounted.
 *
 * @param mountInfo `/proc/self/mountinfo`, a character for each byte.
 * @param folder its path without links.
 */
export function mountPointsIn(mountInfo: string, folder: string): Set<string> {
  const start = folder.endsWith('/') ? folder : `${folder}/`;
  const names = new Set<string>();
  for (const line of mountInfo.split('\n')) {
    const [, , , , escaped = ''] = line.split(' ');
    const path = unescaped(escaped);
    const name = path.slice(start.length);
    if (path.startsWith(start) && name !== '' && !name.includes('/')) names.add(name);
  }
  return names;
}

/** Spaces and the like are written as three octal digits. */
function unescaped(text: string): string {
  const bytes = text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
  return Buffer.from(bytes, 'latin1').toString();
}
