import { expect, test, vi } from 'vitest';
import { FolderByPath } from './descriptors/folder-by-path.js';
import { openHostFolder } from './descriptors/open-host-folder.js';

// The tests of files and folders once more, in the way of systems whose paths cannot start at a descriptor.
vi.mock('./descriptors/open-host-folder.js', async () => {
  const { FolderByPath } = await import('./descriptors/folder-by-path.js');
  return { openHostFolder: FolderByPath.open };
});

await import('./confined-path.test.js');
await import('./descriptors/listing.test.js');
await import('./folder-trail.test.js');
await import('./functions/files.test.js');
await import('./functions/readdir.test.js');
await import('./functions/testsuite-descriptors.test.js');
await import('./functions/testsuite-paths.test.js');
await import('./named-place.test.js');

test('folders are opened by their paths here', () => {
  expect(openHostFolder).toBe(FolderByPath.open);
});
