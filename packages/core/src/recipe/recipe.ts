import { checkExportedAs, type ExportedAs } from './exported-as.js';

/** How something is made again in another thread or process: where its maker is exported, and with what it is called. */
export interface Recipe {
  /** Where the maker is exported. */
  readonly exportedAs: ExportedAs;
  /** What the maker is called with. It may hold what cannot cross; that is found when it must. */
  readonly arguments: readonly unknown[];
}

/** Something that says how it is made again. */
export interface WithRecipe {
  /** How it is made again in another thread or process. */
  readonly recipe: Recipe;
}

/**
 * Gives an object its recipe. The property cannot be enumerated: a changed copy, such as `{ ...plugin, create }`, does not claim to be what the
 * recipe makes, and options, which may be secret, are not printed with the object.
 *
 * @param thing what is made again.
 * @param exportedAs where the function that makes it is exported, or itself.
 * @param args what the function is called with. They must be nobody else's, as `copyOptions` makes them: a later change would make something else. Default: nothing.
 * @param subject what took the option `exportedAs`, for messages. Default: `withRecipe()`.
 * @throws {InvalidArgumentError} when `exportedAs` is not the URL of a module, or a package, and the name of an export.
 */
export function withRecipe<Thing extends object>(
  thing: Thing,
  exportedAs: ExportedAs,
  args: readonly unknown[] = [],
  subject = 'withRecipe()',
): Thing & WithRecipe {
  checkExportedAs(subject, exportedAs);
  const recipe: Recipe = { exportedAs: { ...exportedAs }, arguments: args };
  return Object.defineProperty(thing, 'recipe', { value: recipe }) as Thing & WithRecipe;
}
