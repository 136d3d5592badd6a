import type { GuestsOptions } from './guests-options.js';

// The types of the bundlers themselves cannot be named: a program has one or two of them installed, and the others would not be found.

/** A plug-in in the form that Vite, Rollup and Rolldown take. */
export type NamedPlugin = {
  /** Its name in the bundler. */
  name: string;
};

/** A plug-in in the form that esbuild takes. */
export type SetupPlugin = {
  /** Its name in the bundler. */
  name: string;
  /** Called by esbuild with its build. */
  setup(build: object): void | Promise<void>;
};

/** A plug-in in the form that webpack and Rspack take. */
export type CompilerPlugin = {
  /** Called by the bundler with its compiler. */
  apply(compiler: object): void;
};

/** A plug-in for each bundler. Each throws `InvalidArgumentError` for an option that does not exist or has the wrong type. */
export interface GuestsPlugins {
  /** For Vite. */
  vite(options?: GuestsOptions): NamedPlugin;
  /** For Rollup. */
  rollup(options?: GuestsOptions): NamedPlugin;
  /** For Rolldown. */
  rolldown(options?: GuestsOptions): NamedPlugin;
  /** For esbuild. */
  esbuild(options?: GuestsOptions): SetupPlugin;
  /** For webpack. */
  webpack(options?: GuestsOptions): CompilerPlugin;
  /** For Rspack. */
  rspack(options?: GuestsOptions): CompilerPlugin;
}
