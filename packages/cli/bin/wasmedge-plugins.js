#!/usr/bin/env node
const main = new URL('../dist/main.js', import.meta.url);
try {
  await import(main.href);
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || error.url !== main.href) throw error;
  process.stderr.write('error: this checkout is not built yet; run "npm run build" at its root first.\n');
  process.exitCode = 1;
}
