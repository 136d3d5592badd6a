// @ts-check
import ts from 'typescript';

const callsItsArgument = /^(map|flatMap|forEach|filter|some|every|find|findIndex|reduce)$/;

/**
 * Whether a function throws, or calls one that throws, where nothing catches it. Calls are followed for one step: what lies deeper is mostly for
 * all calls alike, such as a guest that was disposed of.
 * @param {ts.TypeChecker} checker
 * @param {ts.Node} body
 * @param {number} [steps] calls that are followed
 */
export function mayThrow(checker, body, steps = 2) {
  return visit(body);

  /** @type {(node: ts.Node) => boolean} */
  function visit(node) {
    if (ts.isThrowStatement(node)) return true;
    if (ts.isTryStatement(node) && node.catchClause) {
      return [node.catchClause.block, node.finallyBlock].some((block) => block && visit(block));
    }
    if (node !== body && ts.isFunctionLike(node) && !runsAtOnce(node)) return false;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && callThrows(node)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  }

  /** @type {(call: ts.CallExpression | ts.NewExpression) => boolean} */
  function callThrows(call) {
    if (call.expression.getText() === 'Promise.reject') return true;
    const called = steps > 0 && bodyIn(checker.getResolvedSignature(call)?.declaration);
    return called && called !== body ? mayThrow(checker, called, steps - 1) : false;
  }
}

/** @type {(node: ts.Node) => boolean} */
function runsAtOnce({ parent: call }) {
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
  return callsItsArgument.test(call.expression.name.text);
}

/** @type {(declaration: ts.Declaration | undefined) => ts.Node | undefined} */
const bodyIn = (declaration) =>
  declaration && 'body' in declaration ? /** @type {ts.Node | undefined} */ (declaration.body) : undefined;

/** What runs when a member is called, where it is written with it. @type {(checker: ts.TypeChecker, member: ts.Declaration) => ts.Node | undefined} */
export function bodyOf(checker, member) {
  const [call] = checker.getTypeAtLocation(member).getCallSignatures();
  return bodyIn(call === undefined ? member : call.declaration);
}

/**
 * Members of interfaces, each with the body of every class or object that implements it.
 * @param {ts.Program} program
 */
export function implementations(program) {
  const checker = program.getTypeChecker();
  /** @type {[declared: ts.Declaration, body: ts.Node][]} */
  const found = [];
  for (const source of program.getSourceFiles()) {
    if (!source.isDeclarationFile && !/\.test\.ts$|__fixtures__/.test(source.fileName)) visit(source);
  }
  return found;

  /** @type {(node: ts.Node) => void} */
  function visit(node) {
    if (ts.isClassDeclaration(node)) {
      for (const type of (node.heritageClauses ?? []).flatMap(({ types }) => types)) {
        add(node.members, checker.getTypeAtLocation(type));
      }
    } else if (ts.isObjectLiteralExpression(node)) add(node.properties, checker.getContextualType(node));
    ts.forEachChild(node, visit);
  }

  /** @type {(written: Iterable<ts.NamedDeclaration>, type: ts.Type | undefined) => void} */
  function add(written, type) {
    for (const member of written) {
      const name = member.name && ts.isIdentifier(member.name) ? member.name.text : '';
      for (const declared of type?.getProperty(name)?.declarations ?? []) {
        const body = declared !== member && bodyOf(checker, member);
        if (body) found.push([declared, body]);
      }
    }
  }
}
