import { checkOptionNames, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describeType } from './describe-type.js';
import type { ModelDefinition } from './model-definition.js';

/** One of a plug-in's models. */
export interface NamedSource<Name extends string = string> {
  /** The name under which guests load it. */
  readonly name: Name;
}

/** Throws for what does not name one of the models. */
export function checkSessionName(
  where: string,
  source: NamedSource & { readonly model?: ModelDefinition },
  names: readonly string[],
): void {
  checkOptionNames<NamedSource & { readonly model?: ModelDefinition }>(where, source, {
    name: true,
    model: true,
  });
  const { name } = source;
  if (names.includes(name)) return;
  const given = typeof name === 'string' ? JSON.stringify(name.slice(0, 100)) : describeType(name);
  throw new InvalidArgumentError(
    `${where} has no model named ${given}; there are: ${names.join(', ') || 'none'}.`,
  );
}
