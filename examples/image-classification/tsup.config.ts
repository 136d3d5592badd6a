import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { main: 'src/main.ts', serve: 'src/serve.ts', ask: 'src/ask.ts' },
  format: 'esm',
  target: 'node20',
  clean: true,
});
