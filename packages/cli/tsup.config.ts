import { pluginPackages } from '@wasmedge-plugins/core';
import { defineConfig } from 'tsup';
import { startTogether } from '../../tsup.start-together.js';

export default defineConfig(async () => ({
  entry: { main: 'src/main.ts', 'probe-child': 'src/probe/probe-child.ts' },
  format: 'esm',
  target: 'node20',
  clean: true,
  splitting: true,
  sourcemap: true,
  define: { optionsWhenBuilt: JSON.stringify(await pluginOptions()) },
  esbuildPlugins: [startTogether({ first: 'src/start.ts' })],
}));

/** The options of all plug-in packages, which are built before this one. */
async function pluginOptions(): Promise<Record<string, unknown>> {
  const entries = pluginPackages.map(async ({ packageName }) => {
    const { commandLine } = await import(`${packageName}/cli`);
    return [
      packageName,
      commandLine.options.map(({ flags, description, repeatable }: Record<string, unknown>) => ({
        ...{ flags, description, repeatable },
      })),
    ];
  });
  return Object.fromEntries(await Promise.all(entries));
}
