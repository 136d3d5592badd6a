// @ts-check
import ts from 'typescript';
import { bodyOf, implementations } from './implementations.mjs';
import { mayThrow } from './may-throw.mjs';
import { publicMembers } from './public-members.mjs';

const unitInName =
  /(ms|milliseconds|seconds|bytes|pages|bits|pixels|count|index|length|version|port|status)$/i;
const unitInComment =
  /\b(milliseconds?|seconds?|bytes?|pages?|bits?|pixels?|elements|number of|how many|ind(ex|ices)|length|codes?|errno|ports?|handles?|address(es)?|offsets?|version|between|below zero|units?)\b/i;
const defaultInComment = /\b(default|without|absent|missing|undefined|left out)\b/i;

/**
 * What the comments of everything public do not tell: errors, units and defaults.
 * @param {ts.Program} program
 * @param {string[]} files the modules that users import
 * @returns {{ file: string, line: number, problem: string }[]}
 */
export function commentProblems(program, files) {
  const checker = program.getTypeChecker();
  const members = publicMembers(program, files);
  const errorNames = new Set(['Error', 'AssertionError', ...members.values()]);
  /** @type {{ file: string, line: number, problem: string }[]} */
  const problems = [];
  /** @type {Set<ts.Declaration>} */
  const throwing = new Set();
  for (const [member, name] of members) {
    checkUnit(member, name);
    checkDefault(member, name);
    checkParameters(member, name);
    for (const [, error = ''] of commentOf(member).matchAll(/@throws \{(\w+)\}/g)) {
      if (!errorNames.has(error)) add(member, `${name} throws ${error}, which is not exported`);
    }
    const body = bodyOf(checker, member);
    if (body && mayThrow(checker, body)) needThrows(member, name);
  }
  for (const { declared, body } of implementations(program, members)) {
    if (mayThrow(checker, body)) needThrows(declared, members.get(declared) ?? '');
  }
  return problems;

  /** @type {(member: ts.Node, problem: string) => void} */
  function add(member, problem) {
    const source = member.getSourceFile();
    const line = source.getLineAndCharacterOfPosition(member.getStart()).line + 1;
    problems.push({ file: source.fileName, line, problem });
  }

  /** @type {(member: ts.Declaration, name: string) => void} */
  function needThrows(member, name) {
    const comment = commentOf(member);
    if (comment.includes('@throws') || throwing.has(member)) return;
    throwing.add(member);
    add(member, `${name} may throw, and its comment has no @throws`);
  }

  /** @type {(member: ts.Declaration, name: string) => void} */
  function checkUnit(member, name) {
    for (const part of ts.isFunctionLike(member) ? [member, ...member.parameters] : [member]) {
      if (!isNumber(typeOf(part))) continue;
      const own = ts.isParameter(part) ? part.name.getText() : name;
      if (!unitInName.test(own) && !unitInComment.test(commentOf(member))) {
        add(
          part,
          `${name}${part === member ? '' : `(${own})`} is a number, and its comment does not say of what`,
        );
      }
    }
  }

  /** A comment with its tags; a member that has none has that of what it implements. @type {(node: ts.Declaration) => string} */
  function commentOf(node) {
    const documented = ts.isFunctionLike(node)
      ? checker.getSignatureFromDeclaration(node)
      : /** @type {{ symbol?: ts.Symbol }} */ (node).symbol;
    const tags = documented
      ?.getJsDocTags(checker)
      .map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`);
    return [ts.displayPartsToString(documented?.getDocumentationComment(checker)), ...(tags ?? [])]
      .join('\n')
      .trim();
  }

  /** Whether it is a number, or several. @type {(type: ts.Type | undefined) => boolean} */
  function isNumber(type) {
    if (type === undefined) return false;
    if (type.isUnion()) return type.types.every(isNumber);
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      return checker.getTypeArguments(/** @type {ts.TypeReference} */ (type)).some(isNumber);
    }
    return (type.flags & (ts.TypeFlags.Number | ts.TypeFlags.BigInt)) !== 0;
  }

  /** What a value is, or what a function gives. @type {(node: ts.Declaration) => ts.Type | undefined} */
  function typeOf(node) {
    if (ts.isTypeAliasDeclaration(node) || ts.isClassLike(node) || ts.isInterfaceDeclaration(node))
      return undefined;
    const type = checker.getTypeAtLocation(node);
    const signature = ts.isFunctionLike(node)
      ? checker.getSignatureFromDeclaration(node)
      : type.getCallSignatures()[0];
    return checker.getNonNullableType(signature?.getReturnType() ?? type);
  }

  /** @type {(member: ts.Declaration, name: string) => void} */
  function checkDefault(member, name) {
    if (!ts.isPropertySignature(member) || !member.questionToken) return;
    if (!defaultInComment.test(commentOf(member))) {
      add(member, `${name} is optional, and its comment has no "Default:"`);
    }
  }

  /** @type {(member: ts.Declaration, name: string) => void} */
  function checkParameters(member, name) {
    if (name.includes(').') && commentOf(member) === '') {
      const called = ts.findAncestor(member, ts.isFunctionLike);
      if (!called || !commentOf(called).includes('@param')) add(member, `${name} has no comment`);
    }
    for (const parameter of ts.isFunctionLike(member) ? member.parameters : []) {
      const isOptional = parameter.questionToken !== undefined || parameter.initializer !== undefined;
      const type = checker.getNonNullableType(checker.getTypeAtLocation(parameter));
      // What options leave out is told by their own comments.
      if (isOptional && !(type.flags & ts.TypeFlags.Object) && !defaultInComment.test(commentOf(member))) {
        add(parameter, `${name}(${parameter.name.getText()}) is optional, and its comment has no "Default:"`);
      }
    }
  }
}
