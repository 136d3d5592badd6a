import { defineConfig } from 'tsup';
import { programTexts } from '../../tsup.shared.js';

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
  esbuildPlugins: [
    programTexts(import.meta.url, [
      {
        module: 'src/tasks-text.ts',
        function: 'tasksText',
        entry: 'src/tasks.ts',
        alias: { '@wasmedge-plugins/core': '../core/src/index.ts' },
      },
    ]),
  ],
});
