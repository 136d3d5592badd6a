// @ts-check
import ts from 'typescript';

/**
 * Reads the comment of a declaration; a member of a class that has none has that of the member that it implements or overrides.
 * @param {ts.TypeChecker} checker
 * @returns {(declaration: ts.Node) => string}
 */
export function commentReader(checker) {
  return read;

  /** @type {(declaration: ts.Node) => string} */
  function read(declaration) {
    const owner = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const comments = ts.getJSDocCommentsAndTags(owner);
    return comments.length > 0
      ? comments.map((comment) => comment.getText()).join('\n')
      : inherited(declaration);
  }

  /** @type {(declaration: ts.Node) => string} */
  function inherited(declaration) {
    if (!ts.isClassElement(declaration) || !declaration.name || !ts.isClassLike(declaration.parent))
      return '';
    const { text } = /** @type {{ text?: string }} */ (declaration.name);
    const clauses = declaration.parent.heritageClauses ?? [];
    return clauses
      .flatMap(({ types }) => types.map((type) => checker.getTypeAtLocation(type)))
      .flatMap((type) => (text && type.getProperty(text)?.declarations) || [])
      .map(read)
      .join('\n');
  }
}
