import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    cli: 'src/cli.ts',
    tasks: 'src/tasks.ts',
    conformance: 'conformance/suite.ts',
    'conformance-server': 'conformance/servers/server-thread.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: { entry: { index: 'src/index.ts', cli: 'src/cli.ts', conformance: 'conformance/suite.ts' } },
  clean: true,
  splitting: true,
  sourcemap: true,
});
