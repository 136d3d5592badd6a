// @ts-check
import ts from 'typescript';

/**
 * What runs when a function or member is called, where it is written with it.
 * @param {ts.TypeChecker} checker
 * @param {ts.Declaration} member
 * @returns {ts.Node | undefined}
 */
export function bodyOf(checker, member) {
  const calls = checker.getTypeAtLocation(member).getCallSignatures();
  const declaration = calls.length > 0 ? calls[0]?.declaration : member;
  return declaration && 'body' in declaration
    ? /** @type {ts.Node | undefined} */ (declaration.body)
    : undefined;
}

/**
 * Members of interfaces, each with the body of every class or object that implements it.
 * @param {ts.Program} program
 * @param {ReadonlyMap<ts.Declaration, unknown>} members those that are looked for
 */
export function implementations(program, members) {
  const checker = program.getTypeChecker();
  /** @type {{ declared: ts.Declaration, body: ts.Node }[]} */
  const found = [];
  for (const source of program.getSourceFiles()) {
    if (!source.isDeclarationFile && !/\.test\.ts$|__fixtures__/.test(source.fileName)) visit(source);
  }
  return found;

  /** @type {(node: ts.Node) => void} */
  function visit(node) {
    if (ts.isClassDeclaration(node)) {
      for (const { types } of node.heritageClauses ?? []) {
        for (const type of types) add(node.members, checker.getTypeAtLocation(type));
      }
    } else if (ts.isObjectLiteralExpression(node)) {
      const type = checker.getContextualType(node);
      if (type) add(node.properties, type);
    }
    ts.forEachChild(node, visit);
  }

  /** @type {(written: ts.NodeArray<ts.ClassElement | ts.ObjectLiteralElementLike>, type: ts.Type) => void} */
  function add(written, type) {
    for (const member of written) {
      const property =
        member.name && ts.isIdentifier(member.name) ? type.getProperty(member.name.text) : undefined;
      for (const declared of property?.declarations ?? []) {
        const body = declared !== member && members.has(declared) ? bodyOf(checker, member) : undefined;
        if (body) found.push({ declared, body });
      }
    }
  }
}
