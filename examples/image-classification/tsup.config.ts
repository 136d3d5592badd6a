import { defineConfig } from 'tsup';

const entries = (names: string[]) => Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
const programs = entries(['main', 'serve', 'ask']);
// The server is measured by the bench.
const modules = entries(['server', 'classifier-pool']);

export default defineConfig({
  entry: { ...programs, ...modules },
  dts: { entry: modules },
  format: 'esm',
  target: 'node20',
  clean: true,
});
