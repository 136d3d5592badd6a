// @ts-check
import ts from 'typescript';
import { bodyOf, implementations, mayThrow } from './may-throw.mjs';

const unitInName =
  /(ms|milliseconds|seconds|bytes|pages|bits|pixels|count|index|length|version|port|status)$/i;
const unitInComment =
  /\b(milliseconds?|seconds?|bytes?|pages?|bits?|pixels?|elements|number of|how many|ind(ex|ices)|length|codes?|errno|ports?|handles?|address(es)?|offsets?|version|IDs?|between|below zero|units?)\b/i;
const defaultInComment = /\b(default|without|absent|missing|undefined|left out)\b/i;

/**
 * What the comments of everything public do not tell: errors, units and defaults.
 * @param {ts.Program} program
 * @param {string[]} files the modules that users import
 * @returns {string[]} each with its file and line
 */
export function commentProblems(program, files) {
  const checker = program.getTypeChecker();
  const members = publicMembers(program, files);
  const errorNames = new Set(['Error', 'AssertionError', ...members.values()]);
  /** @type {Set<string>} */
  const problems = new Set();
  for (const [member, name] of members) {
    checkNumbers(member, name);
    checkDefaults(member, name);
    if (name.includes(').') && commentOf(member) === '') {
      const called = ts.findAncestor(member, ts.isFunctionLike);
      if (!called || !commentOf(called).includes('@param')) add(member, `${name} has no comment`);
    }
    for (const [, error = ''] of commentOf(member).matchAll(/@throws \{(\w+)\}/g)) {
      if (!errorNames.has(error)) add(member, `${name} throws ${error}, which is not exported`);
    }
    checkThrows(member, bodyOf(checker, member));
  }
  for (const [declared, body] of implementations(program)) checkThrows(declared, body);
  return [...problems];

  /** @type {(member: ts.Node, problem: string) => void} */
  function add(member, problem) {
    const source = member.getSourceFile();
    const { line } = source.getLineAndCharacterOfPosition(member.getStart());
    problems.add(`${source.fileName}:${line + 1}: ${problem}`);
  }

  /** A comment with its tags; a member that has none has that of what it implements. @type {(node: ts.Declaration) => string} */
  function commentOf(node) {
    const documented = ts.isFunctionLike(node)
      ? checker.getSignatureFromDeclaration(node)
      : /** @type {{ symbol?: ts.Symbol }} */ (node).symbol;
    const tags = documented?.getJsDocTags(checker) ?? [];
    return [
      ts.displayPartsToString(documented?.getDocumentationComment(checker)),
      ...tags.map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`),
    ].join('\n');
  }

  /** @type {(member: ts.Declaration, body: ts.Node | undefined) => void} */
  function checkThrows(member, body) {
    const name = members.get(member);
    if (!name || !body || commentOf(member).includes('@throws') || !mayThrow(checker, body)) return;
    add(member, `${name} may throw, and its comment has no @throws`);
  }

  /** @type {(member: ts.Declaration, name: string) => void} */
  function checkNumbers(member, name) {
    for (const part of ts.isFunctionLike(member) ? [member, ...member.parameters] : [member]) {
      const own = ts.isParameter(part) ? part.name.getText() : name;
      if (!isNumber(typeOf(part)) || unitInName.test(own) || unitInComment.test(commentOf(member))) continue;
      const what = part === member ? name : `${name}(${own})`;
      add(part, `${what} is a number, and its comment does not say of what`);
    }
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
    if (ts.isTypeAliasDeclaration(node) || ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) return;
    const type = checker.getTypeAtLocation(node);
    const signature = ts.isFunctionLike(node)
      ? checker.getSignatureFromDeclaration(node)
      : type.getCallSignatures()[0];
    return checker.getNonNullableType(signature?.getReturnType() ?? type);
  }

  /** @type {(member: ts.Declaration, name: string) => void} */
  function checkDefaults(member, name) {
    if (defaultInComment.test(commentOf(member))) return;
    const problem = 'is optional, and its comment has no "Default:"';
    if (ts.isPropertySignature(member) && member.questionToken) add(member, `${name} ${problem}`);
    for (const parameter of ts.isFunctionLike(member) ? member.parameters : []) {
      const type = checker.getNonNullableType(checker.getTypeAtLocation(parameter));
      // What options leave out is told by their own comments.
      if (type.flags & ts.TypeFlags.Object || !(parameter.questionToken ?? parameter.initializer)) continue;
      add(parameter, `${name}(${parameter.name.getText()}) ${problem}`);
    }
  }
}

/**
 * What users see of the modules: everything exported, with its members and those of the object types in it.
 * @param {ts.Program} program
 * @param {string[]} files the modules
 */
function publicMembers(program, files) {
  const checker = program.getTypeChecker();
  /** @type {Map<ts.Declaration, string>} */
  const members = new Map();
  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      for (const declaration of symbol.declarations ?? []) {
        if (!/node_modules/.test(declaration.getSourceFile().fileName)) add(declaration, symbol.name);
      }
    }
  }
  return members;

  /** @type {(declaration: ts.Declaration, name: string) => void} */
  function add(declaration, name) {
    members.set(declaration, name);
    if (ts.isFunctionLike(declaration)) {
      for (const { name: label, type } of declaration.parameters) {
        addTypes(type, `${name}(${ts.isIdentifier(label) ? label.text : 'options'})`);
      }
    }
    if (ts.isClassLike(declaration) || ts.isInterfaceDeclaration(declaration)) {
      addMembers(declaration.members, name);
    } else if ('type' in declaration) {
      addTypes(/** @type {ts.TypeNode | undefined} */ (declaration.type), name);
    }
  }

  /** @type {(written: Iterable<ts.ClassElement | ts.TypeElement>, owner: string) => void} */
  function addMembers(written, owner) {
    for (const member of written) {
      const isPrivate = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private;
      const name = ts.isConstructorDeclaration(member) ? 'constructor' : member.name?.getText();
      if (name && !isPrivate && !name.startsWith('#')) add(member, `${owner}.${name}`);
    }
  }

  /** @type {(type: ts.Node | undefined, name: string) => void} */
  function addTypes(type, name) {
    if (type === undefined || ts.isFunctionTypeNode(type)) return;
    if (ts.isTypeLiteralNode(type)) addMembers(type.members, name);
    else ts.forEachChild(type, (child) => addTypes(child, name));
  }
}
