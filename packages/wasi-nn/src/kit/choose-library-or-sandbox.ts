import type { BackendContext } from '../backend.js';
import { BackendUnavailableError } from '../errors.js';
import type { ModelLoader } from './define-backend.js';

/** A backend that runs models on a native library where there is one, and in WebAssembly. */
export interface LibraryAndSandbox<Config> {
  /**
   * The path of the library.
   *
   * @throws {BackendUnavailableError} when it is not found.
   */
  findLibrary(): string;
  /**
   * Opens the library.
   *
   * @throws {BackendUnavailableError} when it is not found or cannot be opened.
   */
  openLibrary(context: BackendContext): ModelLoader<Config>;
  /**
   * Opens what needs no library.
   *
   * @throws {BackendUnavailableError} when its files are missing.
   */
  openSandbox(context: BackendContext): ModelLoader<Config>;
}

/** What runs the models of the host: the library at a path, or the sandbox, and why not the library. */
export type LibraryOrSandbox =
  | {
      /** The path of the library. */
      readonly library: string;
    }
  | {
      /** Why it is the sandbox: a sentence without a full stop. */
      readonly problem: string;
    };

/** A choice between a native library and a sandbox. */
export interface LibraryChoice<Config> {
  /**
   * Opens both for one runtime.
   *
   * @throws {BackendUnavailableError} when the sandbox cannot be opened either.
   */
  open(context: BackendContext): ModelLoader<Config>;
  /** What runs the models of the host, as far as that is known: a library that was found is not opened to tell. */
  chosen(): LibraryOrSandbox;
}

/**
 * The library for models that the host chose, and the sandbox for those that guests bring; the sandbox for all where the library is missing, or
 * where it cannot be opened, which is logged.
 */
export function chooseLibraryOrSandbox<Config>({
  findLibrary,
  openLibrary,
  openSandbox,
}: LibraryAndSandbox<Config>): LibraryChoice<Config> {
  /** Files that could not be opened, and why. */
  const unusable = new Map<string, string>();
  const found = (): LibraryOrSandbox => {
    try {
      return { library: findLibrary() };
    } catch (error) {
      return { problem: firstOf((error as Error).message) };
    }
  };
  return {
    open(context) {
      const use = found();
      if (!('library' in use)) return openSandbox(context);
      try {
        const library = openLibrary(context);
        unusable.delete(use.library);
        return openBoth(library, () => openSandbox(context));
      } catch (error) {
        if (!BackendUnavailableError.isInstance(error)) throw error;
        unusable.set(use.library, firstOf(error.message));
        context.logger('warn', error.message);
        return openSandbox(context);
      }
    },
    chosen() {
      const use = found();
      const problem = 'library' in use ? unusable.get(use.library) : undefined;
      return problem === undefined ? use : { problem };
    },
  };
}

/** What a message says, without what it lists or advises after that. */
function firstOf(message: string): string {
  return (message.split(/; |\. |\n/, 1)[0] as string).replace(/\.$/, '');
}

function openBoth<Config>(
  library: ModelLoader<Config>,
  openSandbox: () => ModelLoader<Config>,
): ModelLoader<Config> {
  let sandbox: ModelLoader<Config> | undefined;
  return {
    load(request) {
      if (request.origin.model === 'host') return library.load(request);
      sandbox ??= openSandbox();
      return sandbox.load(request);
    },
    // Only asked of models that the host chose.
    sharedBy: (request) => library.sharedBy?.(request),
    close: () => sandbox?.close?.(),
  };
}
