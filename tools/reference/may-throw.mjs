// @ts-check
import ts from 'typescript';

const callsItsArgument = /^(map|flatMap|forEach|filter|some|every|find|findIndex|reduce)$/;

/**
 * Whether a function throws, or calls one that throws, where nothing catches it. Calls are followed for one step: what
 * lies deeper is mostly for all calls alike, such as a guest that was disposed of.
 * @param {ts.TypeChecker} checker
 * @param {ts.Node} body
 * @param {number} [steps] calls that are followed
 * @returns {boolean}
 */
export function mayThrow(checker, body, steps = 2) {
  return visit(body);

  /** @type {(node: ts.Node) => boolean} */
  function visit(node) {
    if (ts.isThrowStatement(node)) return true;
    if (ts.isTryStatement(node) && node.catchClause) {
      return visit(node.catchClause.block) || (node.finallyBlock !== undefined && visit(node.finallyBlock));
    }
    if (node !== body && ts.isFunctionLike(node) && !runsAtOnce(node)) return false;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && callThrows(node)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  }

  /** @type {(call: ts.CallExpression | ts.NewExpression) => boolean} */
  function callThrows(call) {
    if (call.expression.getText() === 'Promise.reject') return true;
    if (steps === 0) return false;
    const declaration = checker.getResolvedSignature(call)?.declaration;
    const called = declaration && 'body' in declaration ? declaration.body : undefined;
    return (
      called !== undefined && called !== body && mayThrow(checker, /** @type {ts.Node} */ (called), steps - 1)
    );
  }
}

/** @type {(node: ts.Node) => boolean} */
function runsAtOnce(node) {
  const call = node.parent;
  return (
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    callsItsArgument.test(call.expression.name.text)
  );
}
