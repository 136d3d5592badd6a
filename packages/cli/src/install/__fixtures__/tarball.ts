import { gzipSync } from 'node:zlib';

/** One entry of an archive, honest or not. */
export interface TarEntry {
  readonly path: string;
  readonly content?: Uint8Array | string;
  /** The type flag of POSIX ustar: 0 file, 1 hard link, 2 symbolic link, 3 character device, 5 folder, 6 FIFO. Default: file. */
  readonly type?: '0' | '1' | '2' | '3' | '5' | '6';
  readonly linkpath?: string;
}

/** A `.tar.gz` with exactly these entries: written here, since a library would not write the dishonest ones. */
export function tarball(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', type = '0', linkpath = '' }) => {
    const body = Buffer.from(content as string);
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write('0000755\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(linkpath, 157);
    header.write('ustar\0' + '00', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
