// @ts-check
import ts from 'typescript';
import { mayThrow } from './may-throw.mjs';
import { publicMembers } from './public-members.mjs';

const unitInName =
  /(ms|milliseconds|seconds|bytes|pages|bits|pixels|count|index|length|width|height|rank|version|port|status|line)$/i;
const unitInComment =
  /\b(milliseconds?|seconds?|minutes|bytes?|pages?|bits?|pixels?|characters|elements|digits|lines|number of|how many|index|indices|counts?|length|code|codes|errno|status|port|handles?|descriptors?|addresse?s?|offsets?|position|version|ratio|share|between|times|sizes? in|numbered|flags?|levels?|units?|ids?|probability|factor)\b/i;

/**
 * What the comments of everything public do not tell: errors, units and defaults.
 * @param {ts.Program} program
 * @param {string[]} files the modules that users import
 * @returns {{ file: string, line: number, problem: string }[]}
 */
export function commentProblems(program, files) {
  const checker = program.getTypeChecker();
  const members = publicMembers(program, files);
  /** @type {{ file: string, line: number, problem: string }[]} */
  const problems = [];
  /** @type {Set<ts.Declaration>} */
  const throwing = new Set();
  for (const [member, name] of members) {
    checkUnit(member, name);
    checkDefault(member, name);
    const body = bodyOf(member);
    if (body && mayThrow(checker, body)) needThrows(member, name);
  }
  for (const source of program.getSourceFiles()) {
    if (!source.isDeclarationFile && !/\.test\.ts$|__fixtures__/.test(source.fileName))
      visitImplementations(source);
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

  /** @type {(member: ts.Declaration) => ts.Node | undefined} */
  function bodyOf(member) {
    const calls = checker.getTypeAtLocation(member).getCallSignatures();
    const declaration = calls.length > 0 ? calls[0]?.declaration : member;
    return declaration && 'body' in declaration
      ? /** @type {ts.Node | undefined} */ (declaration.body)
      : undefined;
  }

  /** @type {(member: ts.Declaration, name: string) => void} */
  function checkUnit(member, name) {
    for (const part of ts.isFunctionLike(member) ? [member, ...member.parameters] : [member]) {
      if (!isNumeric(part)) continue;
      const own = ts.isParameter(part) ? part.name.getText() : name;
      if (!unitInName.test(own) && !unitInComment.test(commentOf(member))) {
        add(
          part,
          `${name}${part === member ? '' : `(${own})`} is a number, and its comment does not say of what`,
        );
      }
    }
  }

  /** @type {(node: ts.Declaration) => boolean} */
  function isNumeric(node) {
    const typed = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node);
    if (!typed && !ts.isVariableDeclaration(node) && !ts.isGetAccessor(node)) return false;
    const type = checker.getNonNullableType(checker.getTypeAtLocation(node));
    return (type.flags & (ts.TypeFlags.Number | ts.TypeFlags.BigInt)) !== 0;
  }

  /** @type {(member: ts.Declaration, name: string) => void} */
  function checkDefault(member, name) {
    if (!ts.isPropertySignature(member) || !member.questionToken) return;
    if (!/\b(default|without|absent|missing|undefined|left out)\b/i.test(commentOf(member))) {
      add(member, `${name} is optional, and its comment has no "Default:"`);
    }
  }

  /** @type {(node: ts.Node) => void} */
  function visitImplementations(node) {
    if (ts.isClassDeclaration(node)) {
      for (const { types } of node.heritageClauses ?? []) {
        for (const type of types) compare(node.members, checker.getTypeAtLocation(type));
      }
    } else if (ts.isObjectLiteralExpression(node)) {
      const type = checker.getContextualType(node);
      if (type) compare(node.properties, type);
    }
    ts.forEachChild(node, visitImplementations);
  }

  /** @type {(implementations: ts.NodeArray<ts.ClassElement | ts.ObjectLiteralElementLike>, type: ts.Type) => void} */
  function compare(implementations, type) {
    for (const implementation of implementations) {
      const key = implementation.name;
      const declared = key && ts.isIdentifier(key) ? type.getProperty(key.text) : undefined;
      for (const declaration of declared?.declarations ?? []) {
        const name = members.get(declaration);
        const body =
          name === undefined || declaration === implementation ? undefined : bodyOf(implementation);
        if (body && mayThrow(checker, body)) needThrows(declaration, /** @type {string} */ (name));
      }
    }
  }
}

/** @type {(declaration: ts.Node) => string} */
function commentOf(declaration) {
  const owner = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts
    .getJSDocCommentsAndTags(owner)
    .map((comment) => comment.getText())
    .join('\n');
}
