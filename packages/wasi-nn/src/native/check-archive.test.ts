import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NnError } from '../errors.js';
import { checkArchive } from './check-archive.js';

// Written by torch.jit.save, with names and offsets as libtorch has them.
const archive = readFileSync(
  new URL('../../../wasi-nn-pytorch/conformance/models/matmul.pt', import.meta.url),
);

describe('an archive of libtorch', () => {
  it('is taken as it was written', () => {
    for (const name of ['add', 'convolution', 'quantized-linear', 'nested']) {
      const url = new URL(`../../../wasi-nn-pytorch/conformance/models/${name}.pt`, import.meta.url);
      checkArchive(readFileSync(url));
    }
  });

  it('is refused when it is cut off, wherever', () => {
    for (let length = 0; length < archive.length; length += 7) {
      expect(() => checkArchive(archive.subarray(0, length)), `${length} bytes`).toThrow(NnError);
    }
  });

  it('is refused when a byte of a file is another', () => {
    const place = archive.indexOf('forward');
    expect(place).toBeGreaterThan(0);
    const damaged = Buffer.from(archive);
    damaged[place] = 0;
    expect(() => checkArchive(damaged)).toThrow(/damaged/);
  });

  // Found with libtorch 1.13: at these bytes its own reader says that the archive is invalid.
  it.each([1344, 1351, 1407, 1512, 1582, 1694, 1701, 1708, 1715, 1722, 1743])(
    'is refused when byte %i, of the list of files, is another',
    (place) => {
      const damaged = Buffer.from(archive);
      damaged[place] = (damaged[place] as number) ^ 0xff;
      expect(() => checkArchive(damaged)).toThrow(NnError);
    },
  );

  it('is no other thing: text, ELF, compressed', () => {
    for (const bytes of [
      Buffer.from('preload:/etc/passwd'),
      Buffer.from('\x7fELF'),
      deflateRawSync(archive),
    ]) {
      expect(() => checkArchive(bytes)).toThrow(NnError);
    }
  });

  it('never throws anything else, nor takes long, whatever a byte becomes', () => {
    const before = process.cpuUsage();
    for (let place = 0; place < archive.length; place++) {
      const changed = Buffer.from(archive);
      changed[place] = (changed[place] as number) ^ 0xff;
      try {
        checkArchive(changed);
      } catch (error) {
        expect(NnError.isInstance(error), `byte ${place}`).toBe(true);
      }
    }
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(10_000);
  });
});
