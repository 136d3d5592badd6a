// @ts-check
import ts from 'typescript';

/**
 * What users see of the modules: exported functions, variables, classes and types, with their members and those of the
 * object types in them.
 * @param {ts.Program} program
 * @param {string[]} files the modules
 * @returns {Map<ts.Declaration, string>} each with its name
 */
export function publicMembers(program, files) {
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
    if (ts.isFunctionDeclaration(declaration)) addParameters(declaration, name);
    if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) {
      for (const member of declaration.members) addMember(member, name);
    } else if (ts.isTypeAliasDeclaration(declaration)) addTypes(declaration.type, name);
    else if (ts.isVariableDeclaration(declaration) && declaration.type) addTypes(declaration.type, name);
  }

  /** @type {(member: ts.ClassElement | ts.TypeElement, owner: string) => void} */
  function addMember(member, owner) {
    const isConstructor = ts.isConstructorDeclaration(member);
    if (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) return;
    if (!isConstructor && (!member.name || ts.isPrivateIdentifier(member.name))) return;
    const name = `${owner}.${isConstructor ? 'constructor' : member.name?.getText()}`;
    members.set(member, name);
    if (ts.isFunctionLike(member)) addParameters(member, name);
    if ('type' in member && member.type) addTypes(/** @type {ts.TypeNode} */ (member.type), name);
  }

  /** @type {(called: ts.SignatureDeclaration, name: string) => void} */
  function addParameters(called, name) {
    for (const parameter of called.parameters) {
      const label = ts.isIdentifier(parameter.name) ? parameter.name.text : 'options';
      if (parameter.type) addTypes(parameter.type, `${name}(${label})`);
    }
  }

  /** @type {(type: ts.Node, name: string) => void} */
  function addTypes(type, name) {
    if (ts.isTypeLiteralNode(type)) for (const member of type.members) addMember(member, name);
    else if (!ts.isFunctionTypeNode(type)) ts.forEachChild(type, (child) => addTypes(child, name));
  }
}
