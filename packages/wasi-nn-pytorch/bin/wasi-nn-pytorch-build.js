#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/build-shim.js', import.meta.url);

if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('error: this checkout is not built yet; run "npm run build" at its root first.\n');
  process.exitCode = 1;
}
