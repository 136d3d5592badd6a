import { defineConfig } from 'tsup';
import { programTexts } from '../../tsup.shared.js';
import { startTogether } from '../../tsup.start-together.js';

/** What starts by itself: it is loaded in a thread or process that runs no guests. */
const alone = {
  'blocking-worker': 'src/blocking/blocking-worker.ts',
  'compile-worker': 'src/aot/compile-worker.ts',
  'parent-watch-worker': 'src/placements/member/parent-watch-worker.ts',
  'watchdog-worker': 'src/engines/wasmedge/watchdog-worker.ts',
};
const types = {
  index: 'src/index.ts',
  guests: 'src/guests.ts',
  native: 'src/native/index.ts',
  plugins: 'src/plugins.ts',
  run: 'src/run.ts',
};

export default defineConfig({
  entry: {
    ...types,
    ...alone,
    'member-process-worker': 'src/placements/member/member-process-worker.ts',
    'member-thread-worker': 'src/placements/member/member-thread-worker.ts',
    'plugin-probe-worker': 'src/runtime/plugin-probe-worker.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: { entry: types },
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
    startTogether({ first: types.run, except: Object.values(alone) }),
  ],
});
