// A program of its own: node compile-program-worker.js CACHE GUEST LEVEL. Tells phases, and whether the code was there.
import { readFileSync } from 'node:fs';
import { compileAhead, type OptimizationLevel } from '../../index.js';

const [directory, guest = '', level] = process.argv.slice(2);
try {
  const { wasCached, isKept } = await compileAhead(readFileSync(guest), {
    level: Number(level) as OptimizationLevel,
    cache: { directory },
    onProgress: ({ phase }) => console.log(phase),
  });
  console.log(`wasCached ${wasCached}, isKept ${isKept}`);
} catch (error) {
  console.log(String(error));
}
