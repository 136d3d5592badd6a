import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    vitest: 'src/vitest.ts',
    'case-child': 'src/case-child.ts',
    'elsewhere-thread': 'src/elsewhere-thread.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: { entry: { index: 'src/index.ts', vitest: 'src/vitest.ts' } },
  clean: true,
  splitting: true,
  sourcemap: true,
  external: ['vitest'],
});
