import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    images: 'src/images/index.ts',
    kit: 'src/kit/index.ts',
    'kit-async': 'src/kit/async/index.ts',
    'kit-native': 'src/kit/native/index.ts',
    // What helper threads load.
    'pooled-session-tasks': 'src/pooled-session-tasks.ts',
    'kit-task': 'src/kit/async/task.ts',
    'kit-process-task': 'src/kit/async/process-task.ts',
    'kit-process': 'src/kit/async/process-program.ts',
    conformance: 'conformance/abi-suite.ts',
    'conformance-vitest': 'conformance/backend-tests.ts',
    // For processes that tests start; not published.
    'sum-suite': 'src/__fixtures__/sum-suite.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: {
    entry: {
      index: 'src/index.ts',
      images: 'src/images/index.ts',
      kit: 'src/kit/index.ts',
      'kit-async': 'src/kit/async/index.ts',
      'kit-native': 'src/kit/native/index.ts',
      'pooled-session-tasks': 'src/pooled-session-tasks.ts',
      conformance: 'conformance/abi-suite.ts',
      'conformance-vitest': 'conformance/backend-tests.ts',
    },
  },
  clean: true,
  splitting: true,
  sourcemap: true,
});
