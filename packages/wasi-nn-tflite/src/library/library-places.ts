import { readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The variable that names TensorFlow Lite's C library, or a folder with it. */
export const libraryVariable = 'WASMEDGE_PLUGINS_TENSORFLOW_LITE';

/** `libtensorflowlite_c` as TensorFlow builds it, `libtensorflow-lite` as Debian does, also with the numbers of a release behind it. */
const fileNames: Readonly<Record<string, RegExp>> = {
  win32: /^tensorflowlite_c\.dll$/,
  darwin: /^libtensorflow(lite_c|-lite)(\.\d+)*\.dylib$/,
  linux: /^libtensorflow(lite_c|-lite)\.so(\.\d+)*$/,
};

/** Every place that may have TensorFlow Lite's C library, in the order in which they are searched. */
export function libraryPlaces(): readonly string[] {
  const named = process.env[libraryVariable];
  if (named !== undefined && named !== '') return [named];
  return [...new Set([...searchedFolders(), ...systemFolders()])];
}

/** The C library in a place: the place itself when it is a file, else the file in it. */
export function libraryIn(place: string): string | undefined {
  try {
    if (statSync(place).isFile()) return place;
    const pattern = fileNames[process.platform] ?? (fileNames.linux as RegExp);
    const found = readdirSync(place)
      .filter((file) => pattern.test(file))
      .sort()[0];
    return found && join(place, found);
  } catch {
    return undefined;
  }
}

/** What the loader of the system is told to search. */
function searchedFolders(): string[] {
  const variables: Readonly<Record<string, string>> = { win32: 'PATH', darwin: 'DYLD_LIBRARY_PATH' };
  const folders = process.env[variables[process.platform] ?? 'LD_LIBRARY_PATH'] ?? '';
  return folders.split(delimiter).filter((folder) => folder !== '');
}

/** Where apt, Homebrew and `make install` put it. */
function systemFolders(): string[] {
  switch (process.platform) {
    case 'win32':
      return [];
    case 'darwin':
      return ['/opt/homebrew/lib', '/usr/local/lib'];
    default: {
      const triples: Readonly<Record<string, string>> = {
        x64: 'x86_64-linux-gnu',
        arm64: 'aarch64-linux-gnu',
      };
      const triple = triples[process.arch];
      return [...(triple ? [`/usr/lib/${triple}`] : []), '/usr/lib64', '/usr/lib', '/usr/local/lib'];
    }
  }
}
