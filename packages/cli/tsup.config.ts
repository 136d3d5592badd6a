import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { main: 'src/main.ts', 'probe-child': 'src/probe/probe-child.ts' },
  format: 'esm',
  target: 'node20',
  clean: true,
  splitting: true,
  sourcemap: true,
});
