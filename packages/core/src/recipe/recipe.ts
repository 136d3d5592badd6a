import { checkExportedAs, type ExportedAs } from './exported-as.js';

/** How something is recreated in another thread or process: where the function that makes it is exported, and its arguments. */
export interface Recipe {
  /** Where the function is exported. */
  readonly exportedAs: ExportedAs;
  /** The arguments it is called with. They may hold values that cannot cross; that shows when they must. */
  readonly arguments: readonly unknown[];
}

/** Something that says how it is recreated. */
export interface WithRecipe {
  /** How it is recreated in another thread or process. */
  readonly recipe: Recipe;
}

/**
 * Gives an object its recipe. The property cannot be enumerated: a changed copy, such as `{ ...plugin, create }`, does not claim to be what the
 * recipe makes, and options, which may be secret, are not printed with the object.
 *
 * @param thing what is recreated.
 * @param exportedAs where the function that makes it, or the object itself, is exported.
 * @param args the function's arguments. Nobody else may hold them (`copyOptions` makes such copies): a later change would make something else. Default: none.
 * @param subject the function that took the option `exportedAs`, for messages. Default: `withRecipe()`.
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
