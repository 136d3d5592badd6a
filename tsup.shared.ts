import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];
type Esbuild = Parameters<Plugin['setup']>[0]['esbuild'];

/** Keeps the text out of the source map, which would have it a second time. */
const noSource = `//# sourceMappingURL=data:application/json;base64,${Buffer.from('{"version":3,"sources":["program"],"sourcesContent":[""],"mappings":"AAAA"}').toString('base64')}`;

/** A module of the sources whose content is the text of a program. */
export interface ProgramText {
  /** The module, from the folder of the package; it exports one function of that name, which answers with the text. */
  readonly module: string;
  /** Name of the function. */
  readonly function: string;
  /** The program, from the folder of the package. */
  readonly entry: string;
  /** The module that is loaded within the text in place of `module`. Default: the text does not import it. */
  readonly within?: string;
  /** Files that stand for packages within the text, by the names of those; paths are from the folder of the package. Default: none. */
  readonly alias?: Readonly<Record<string, string>>;
}

/**
 * Puts the texts of programs into a build: what threads and processes run where only a bundle is, which takes along code that is imported and no
 * file that is named. A text imports nothing but modules of Node.js. It needs a line before it that sets `helperAddress`, the URL from which
 * modules outside are looked for and which its `import.meta.url` is.
 *
 * @param configUrl `import.meta.url` of the package's `tsup.config.ts`.
 */
export function programTexts(configUrl: string, texts: readonly ProgramText[]): Plugin {
  const pathOf = (file: string) => fileURLToPath(new URL(file, configUrl));
  return {
    name: 'program-texts',
    setup({ onLoad, esbuild }) {
      for (const text of texts) {
        onLoad({ filter: filterOf(pathOf(text.module)) }, async () => {
          const others = texts.filter((each) => each !== text);
          const source = await build(esbuild, text, pathOf, [programTexts(configUrl, others)]);
          const contents = `export function ${text.function}() { return ${JSON.stringify(source)}; }\n${noSource}\n`;
          return { contents, resolveDir: pathOf('./') };
        });
      }
    },
  };
}

async function build(
  esbuild: Esbuild,
  { module, entry, within, alias = {} }: ProgramText,
  pathOf: (file: string) => string,
  plugins: Plugin[],
): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [pathOf(entry)],
    alias: Object.fromEntries(Object.entries(alias).map(([name, file]) => [name, pathOf(file)])),
    plugins: [...plugins, ...(within ? [replace(pathOf(module), pathOf(within))] : [])],
    define: { 'import.meta.url': 'helperAddress' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    // Classes of errors tell theirs.
    keepNames: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

function replace(file: string, other: string): Plugin {
  return {
    name: 'replace',
    setup({ onLoad }) {
      onLoad({ filter: filterOf(file) }, () => ({ contents: readFileSync(other, 'utf8'), loader: 'ts' }));
    },
  };
}

function filterOf(file: string): RegExp {
  return new RegExp(`^${file.replace(/[^\w]/g, '\\$&')}$`);
}
