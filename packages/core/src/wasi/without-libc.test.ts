import { statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { libc } from '../native/libc.js';
import { guestWithFolder } from './__fixtures__/guest-with-folder.js';

// The tests of files once more, as where the C library cannot be called.
vi.mock('../native/libc.js', () => ({ libc: () => undefined, libcWhenItPays: () => undefined }));

await import('./functions/files.test.js');
await import('./functions/readdir.test.js');

test('times are set to the nearest microsecond, the other one as well', () => {
  expect(libc()).toBeUndefined();
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  utimesSync(file, 1_600_000_000.25, 1_600_000_000.25);
  const near = (time: bigint, wanted: bigint) =>
    expect(time > wanted - 1000n && time < wanted + 1000n).toBe(true);
  for (let index = 0n; index < 200n; index += 1n) {
    const time = 1_700_000_000_000_000_000n + index * 4_999_999n;
    const set = [...guest.text('file'), 0n, time, 4] as const;
    expect(guest.call('path_filestat_set_times', 3, 0, ...set)).toBe(0);
    const { atimeNs, mtimeNs } = statSync(file, { bigint: true });
    near(mtimeNs, time);
    near(atimeNs, 1_600_000_000_250_000_000n);
  }
});
