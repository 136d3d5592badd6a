import type { TensorForm } from './backend.js';
import type { TensorType } from './tensor-type.js';

/** What is known of a form of an input. */
type KnownForm = { readonly [Name in keyof TensorForm]?: TensorForm[Name] | undefined };

/** What is known of an input. */
interface KnownInput extends KnownForm {
  readonly alsoTakes?: readonly TensorForm[] | undefined;
}

/** Every form in which an input is taken, the first as its model describes it. */
export function formsOf({ type, shape, alsoTakes = [] }: KnownInput): readonly KnownForm[] {
  return [{ type, shape }, ...alsoTakes];
}

/** The form in which an input has elements of this type; `undefined` when it has none. */
export function formOf(input: KnownInput, type: TensorType | undefined): KnownForm | undefined {
  return formsOf(input).find((form) => form.type === type);
}
