import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Where a cache of compiled code is, and what vouches for it. */
const variables = { WASMEDGE_PLUGINS_AOT_CACHE: 'code', XDG_STATE_HOME: 'state' };

/** Makes the surrounding tests compile into their own folder, so that each guest is compiled once, and nothing is left behind. */
export function compileIntoFolder(): void {
  const before = new Map<string, string | undefined>();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'compiled-suite-'));
    for (const [variable, name] of Object.entries(variables)) {
      before.set(variable, process.env[variable]);
      process.env[variable] = join(folder, name);
    }
  });
  afterAll(() => {
    for (const [variable, value] of before) {
      if (value === undefined) delete process.env[variable];
      else process.env[variable] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  });
}
