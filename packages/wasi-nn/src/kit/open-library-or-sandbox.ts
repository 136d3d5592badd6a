import type { BackendContext } from '../backend.js';
import { BackendUnavailableError } from '../errors.js';
import type { ModelLoader } from './define-backend.js';
import { problemOf } from './describe-library.js';

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

/**
 * The library for models that the host chose, and the sandbox for those that guests bring; the sandbox for all where the library is missing, or
 * where it cannot be opened, which is logged.
 *
 * @throws {BackendUnavailableError} when the sandbox cannot be opened either.
 */
export function openLibraryOrSandbox<Config>(
  { findLibrary, openLibrary, openSandbox }: LibraryAndSandbox<Config>,
  context: BackendContext,
): ModelLoader<Config> {
  if (problemOf(findLibrary) !== undefined) return openSandbox(context);
  try {
    return openBoth(openLibrary(context), () => openSandbox(context));
  } catch (error) {
    if (!BackendUnavailableError.isInstance(error)) throw error;
    context.logger('warn', error.message);
    return openSandbox(context);
  }
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
