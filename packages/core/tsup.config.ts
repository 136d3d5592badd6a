import { defineConfig } from 'tsup';
import { programTexts } from '../../tsup.shared.js';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    native: 'src/native/index.ts',
    plugins: 'src/plugins.ts',
    'blocking-worker': 'src/blocking/blocking-worker.ts',
    'member-process-worker': 'src/placements/member/member-process-worker.ts',
    'member-thread-worker': 'src/placements/member/member-thread-worker.ts',
    'parent-watch-worker': 'src/placements/member/parent-watch-worker.ts',
    'compile-worker': 'src/aot/compile-worker.ts',
    'plugin-probe-worker': 'src/runtime/plugin-probe-worker.ts',
    'watchdog-worker': 'src/engines/wasmedge/watchdog-worker.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: { entry: { index: 'src/index.ts', native: 'src/native/index.ts', plugins: 'src/plugins.ts' } },
  clean: true,
  splitting: true,
  sourcemap: true,
  esbuildPlugins: [
    programTexts(import.meta.url, [
      {
        module: 'src/helpers/program-text.ts',
        function: 'programText',
        entry: 'src/any-helper.ts',
        within: 'src/helpers/program-text-of-helper.ts',
      },
      {
        module: 'src/helpers/blocking-text.ts',
        function: 'blockingText',
        entry: 'src/blocking/blocking-worker.ts',
      },
    ]),
  ],
});
