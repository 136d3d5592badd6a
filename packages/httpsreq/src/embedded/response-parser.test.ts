import { expect, it } from 'vitest';
import { ResponseParser } from './response-parser.js';

// Node.js counts names and values, without what stands between them.

/** The code of the error for a response whose header lines have this many bytes together; `undefined` when it is complete. */
function outcome(headerBytes: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const parser = new ResponseParser(false, {
      head: () => {},
      end: () => resolve(undefined),
      fail: ({ code }) => resolve(code),
    });
    const line = `a: ${'b'.repeat(1000)}\r\n`;
    const lines = line.repeat(Math.floor(headerBytes / line.length));
    parser.write(Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: 0\r\n${lines}\r\n`, 'latin1'));
  });
}

it('takes a head of a response of 256 KiB and no more', async () => {
  expect(await outcome(250 * 1024)).toBeUndefined();
  expect(await outcome(262 * 1024)).toBe('HPE_HEADER_OVERFLOW');
});
