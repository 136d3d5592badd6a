import { expect, it, vi } from 'vitest';
import { ImageLibraryError } from '../errors.js';
import { loadSharp } from './load-sharp.js';

it('says how to install sharp where it cannot be loaded', async () => {
  vi.doMock('sharp', () => {
    throw Object.assign(new Error("Cannot find package 'sharp'"), { code: 'ERR_MODULE_NOT_FOUND' });
  });
  const error = await loadSharp().catch((caught: unknown) => caught);
  expect(ImageLibraryError.isInstance(error), String(error)).toBe(true);
  expect((error as Error).message).toMatch(
    /^Decoding images needs the package sharp, which .*npm install sharp@0\.35$/,
  );
  vi.doUnmock('sharp');
});
