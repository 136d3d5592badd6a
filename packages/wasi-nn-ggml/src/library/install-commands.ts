/** The version that this package is made for; newer ones change what the tests hold it to. */
export const libraryVersion = '3.21.1';

const library = `node-llama-cpp@${libraryVersion}`;

/** What installs the library, for messages: all of it, or with one package only, that of the machine. */
export function installLibrary(binary: string | undefined): string {
  const all = `Install it with: npm install ${library}`;
  if (binary === undefined) return all;
  return `${all}\nor, for what this machine needs only: npm install --omit=optional --ignore-scripts ${library} ${binary}@${libraryVersion}`;
}

/** What installs a package of llama.cpp itself. */
export function installBinary(binary: string): string {
  return `Install it with: npm install ${binary}@${libraryVersion}`;
}
