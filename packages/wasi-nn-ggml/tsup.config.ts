import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    cli: 'src/cli.ts',
    'llama-task': 'src/llama-task.ts',
    conformance: 'conformance/suite.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: { entry: { index: 'src/index.ts', cli: 'src/cli.ts', conformance: 'conformance/suite.ts' } },
  clean: true,
  splitting: true,
  sourcemap: true,
});
