import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A text in the source of a package that may be a message. A character U+0001 stands for each part that is known at run time only. */
export interface SourceText {
  /** `core/runtime/guest-runtime.ts`. */
  readonly file: string;
  readonly text: string;
}

/** What the sources of packages say and how they call their options. */
export interface SourceTexts {
  readonly texts: readonly SourceText[];
  /** Names of options: the members of interfaces of options, and the options that plug-ins define. */
  readonly optionNames: ReadonlySet<string>;
}

const packages = fileURLToPath(new URL('../../../', import.meta.url));
const isSource = /^(?!.*(?:\.test(?:-d)?\.ts|__fixtures__|differential)).*\.ts$/;

/** Reads the sources of packages whose messages the command prints. */
export function readSourceTexts(names: readonly string[]): SourceTexts {
  const texts: SourceText[] = [];
  const optionNames = new Set<string>();
  for (const name of names) {
    const folder = `${packages}${name}/src/`;
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!isSource.test(path)) continue;
      const source = ts.createSourceFile(
        path,
        readFileSync(folder + path, 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      const visit = (node: ts.Node): void => {
        const text = textOf(node);
        if (text?.includes(' ')) texts.push({ file: `${name}/${path}`, text });
        for (const option of optionsOf(node)) optionNames.add(option);
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
  }
  return { texts, optionNames };
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `\u0001${literal.text}`).join('');
}

function optionsOf(node: ts.Node): string[] {
  if (ts.isInterfaceDeclaration(node) && /(?:Options|Limits|Source|Settings)$/.test(node.name.text)) {
    return node.members.flatMap(({ name }) => (name === undefined ? [] : [name.getText()]));
  }
  if (!ts.isPropertyAssignment(node) || !ts.isObjectLiteralExpression(node.initializer)) return [];
  const members = node.initializer.properties.map((property) => property.name?.getText());
  return members.includes('type') && members.includes('description') ? [node.name.getText()] : [];
}
