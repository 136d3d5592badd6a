import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'wasi-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
