// @ts-check
import { ReflectionKind } from 'typedoc';

/**
 * Puts the class of `@throws {Class} when ...` before the words, as a link; TypeDoc reads it and does not show it.
 * @param {import('typedoc').ProjectReflection} project
 */
export function nameThrownErrors(project) {
  const classes = new Map(
    project.getReflectionsByKind(ReflectionKind.Class).map((found) => [found.name, found]),
  );
  for (const { comment } of project.getReflectionsByKind(ReflectionKind.All)) {
    for (const tag of comment?.getTags('@throws') ?? []) {
      const name = tag.typeAnnotation?.replace(/^\{|\}$/g, '');
      if (name === undefined) continue;
      delete tag.typeAnnotation;
      const target = classes.get(name);
      tag.content.unshift(
        target === undefined
          ? { kind: 'code', text: `\`${name}\`` }
          : { kind: 'inline-tag', tag: '@link', text: name, target, tsLinkText: '' },
        { kind: 'text', text: ' ' },
      );
    }
  }
}
