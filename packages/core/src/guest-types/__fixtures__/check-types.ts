import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const sources = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What the compiler says of texts, each as a file of its own: `strict`, and as the project's packages are resolved, but from their sources.
 *
 * @param files texts by the names of their files.
 */
export function checkTypes(
  files: Readonly<Record<string, string>>,
  settings: ts.CompilerOptions = {},
): readonly string[] {
  const folder = path.join(sources, 'guest-types');
  const texts = new Map(Object.entries(files).map(([name, text]) => [path.join(folder, name), text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    paths: {
      '@wasmedge-plugins/core': [path.join(sources, 'index.ts')],
      '@wasmedge-plugins/core/guests': [path.join(sources, 'guests.ts')],
    },
    ...settings,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, rest[0]);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) =>
        `${path.basename(file)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')} (${source?.text.slice(start, start + 40)})`,
    );
  });
}
