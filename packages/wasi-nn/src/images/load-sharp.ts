import type { Sharp, SharpInput, SharpOptions } from 'sharp';
import { ImageLibraryError } from '../errors.js';

/** The function that the package `sharp` exports. */
export type OpenImage = (input: SharpInput, options?: SharpOptions) => Sharp;

/**
 * Loads the package `sharp`, which only users of images install.
 *
 * @throws {ImageLibraryError} when it is missing or does not load.
 */
export async function loadSharp(): Promise<OpenImage> {
  try {
    const { default: open } = await import('sharp');
    return open;
  } catch (cause) {
    const missing = (cause as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND';
    throw new ImageLibraryError(
      `Decoding images needs the package sharp, which ${missing ? 'is not installed' : 'does not load here'}. Install it with: npm install sharp@0.35`,
      { cause },
    );
  }
}
