import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    cli: 'src/cli.ts',
    conformance: 'conformance/suite.ts',
    // What helper threads load.
    'remote-task': 'src/remote-task.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: { entry: { index: 'src/index.ts', cli: 'src/cli.ts', conformance: 'conformance/suite.ts' } },
  clean: true,
  splitting: true,
  sourcemap: true,
});
