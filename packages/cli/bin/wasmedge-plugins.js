#!/usr/bin/env node
// CommonJS: `require` loads a module some milliseconds faster than `import`, and may be switched off.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const main = join(__dirname, '../dist/main.js');
if (!existsSync(main)) {
  process.stderr.write('error: this checkout is not built yet; run "npm run build" at its root first.\n');
  process.exitCode = 1;
} else if (process.features.require_module) {
  require(main);
} else {
  import(pathToFileURL(main).href);
}
