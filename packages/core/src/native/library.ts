import { realpathSync } from 'node:fs';
import { LibraryVersionError } from '../errors/library-errors.js';
import { CStrings } from './c-strings.js';
import { findLibrary } from './find-library.js';
import { keepLoaded } from './keep-loaded.js';
import { koffi } from './koffi.js';
import { LibraryLog, type LogFunctions } from './library-log.js';
import { NativeArea } from './native-area.js';
import { bindFunctions, type NativeFunctions, type Pointer } from './native-functions.js';
import { prototypesFor } from './prototypes/prototypes-for.js';
import { Trampoline } from './trampoline.js';
import { readValueTypeCodes, type ValueTypeCodes } from './value-type-codes.js';

/** A loaded libwasmedge, as one thread uses it. */
export interface Library {
  readonly path: string;
  /** As the library tells it, for example `0.14.1`. */
  readonly version: string;
  readonly c: NativeFunctions;
  /** C type of sizes of memories, for threads that bind a function of their own. */
  readonly sizeType: string;
  readonly valueTypes: ValueTypeCodes;
  readonly strings: CStrings;
  /** Two words for pointers that a C function hands out; read at once, so that nested calls can share them. */
  readonly out: NativeArea;
  readonly trampoline: Trampoline;
  /** Lets loaders that are made with a configuration run compiled code; up to 0.16 they do so unless they are told to interpret. */
  readonly runCompiledCode: ((configure: Pointer) => void) | undefined;
  /** Whether compiled code goes on rightly after a host function that it called has run compiled code: not at 0.14, but at 0.17. */
  readonly nestsCompiledCode: boolean;
  /** The library's own log; it cannot be had before 0.15. */
  readonly log: LibraryLog | undefined;
}

const byRequest = new Map<string, Library>();
const byPath = new Map<string, Library>();

/**
 * Loads libwasmedge, once for each file and thread.
 *
 * @throws {LibraryNotFoundError} when there is none.
 * @throws {LibraryVersionError} when its version is not 0.14 to 0.17, or it is not a libwasmedge.
 */
export function openLibrary(option: string | undefined): Library {
  // Looking for the file takes longer than making a runtime, so the answer is kept for each way of asking.
  const request = `${option ?? ''}\0${process.env.WASMEDGE_LIBRARY ?? ''}`;
  let library = byRequest.get(request);
  if (library === undefined) {
    const path = realpathSync.native(findLibrary(option));
    library = byPath.get(path) ?? load(path);
    byPath.set(path, library);
    byRequest.set(request, library);
  }
  return library;
}

function load(path: string): Library {
  const { handle, major, minor, version } = readVersion(path);
  const prototypes = prototypesFor(major, minor, version, path);
  keepLoaded(path);
  const c = attempt(path, () => bindFunctions(handle, prototypes));
  // WasmEdge logs to stdout, which belongs to the guest and the caller; errors are told by result codes.
  c.LogOff();
  return {
    path,
    version,
    c,
    sizeType: prototypes.MemoryInstanceGetPageSize[0],
    valueTypes: readValueTypeCodes(c),
    strings: new CStrings(),
    out: new NativeArea(16),
    trampoline: new Trampoline(),
    runCompiledCode: minor < 17 ? undefined : attempt(path, () => bindRunMode(handle)),
    nestsCompiledCode: minor >= 17,
    log: minor < 15 ? undefined : attempt(path, () => new LibraryLog(bindLog(handle), c.LogOff)),
  };
}

// WasmEdge_RunMode_AOT; 0 interprets, as it is set for others.
const aotMode = 2;

function bindRunMode(handle: ReturnType<typeof koffi.load>): (configure: Pointer) => void {
  const set: (configure: Pointer, mode: number) => void = handle.func(
    'WasmEdge_ConfigureSetRunMode',
    'void',
    ['uint64_t', 'int32_t'],
  );
  return (configure) => set(configure, aotMode);
}

function bindLog(handle: ReturnType<typeof koffi.load>): LogFunctions {
  return {
    setCallback: handle.func('WasmEdge_LogSetCallback', 'void', ['uint64_t']),
    setLevel: handle.func('WasmEdge_LogSetLevel', 'void', ['int32_t']),
  };
}

function readVersion(path: string) {
  return attempt(path, () => {
    const handle = koffi.load(path);
    const version: () => string = handle.func('WasmEdge_VersionGet', 'str', []);
    const major: () => number = handle.func('WasmEdge_VersionGetMajor', 'uint32_t', []);
    const minor: () => number = handle.func('WasmEdge_VersionGetMinor', 'uint32_t', []);
    return { handle, version: version(), major: major(), minor: minor() };
  });
}

/** Turns what koffi throws into an error that says what to do. */
function attempt<Result>(path: string, use: () => Result): Result {
  try {
    return use();
  } catch (cause) {
    throw new LibraryVersionError(
      `${path} could not be loaded as libwasmedge: ${(cause as Error).message}. Name a libwasmedge 0.14 to 0.17 with the option library or the variable WASMEDGE_LIBRARY.`,
      { cause },
    );
  }
}
