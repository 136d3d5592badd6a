import { defineConfig, type ViteUserConfig } from 'vitest/config';

/**
 * How the tests of a package run, alone or as one of the projects of `vitest.config.ts`.
 *
 * @param settings what this package needs besides
 */
export function packageTests(settings: ViteUserConfig['test'] = {}): ViteUserConfig {
  return defineConfig({
    test: {
      pool: 'forks',
      // Child processes start slowly on a busy machine.
      testTimeout: 60_000,
      include: ['src/**/*.test.ts'],
      exclude: ['**/node_modules/**', '**/__fixtures__/**'],
      ...settings,
    },
  });
}
