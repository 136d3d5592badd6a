import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Options } from 'tsup';

/** Files, by their paths from the folder of the package. */
interface Files {
  /** What is kept in one file, with all that it imports. */
  readonly first: string;
  /** Entries that are loaded without it. Default: none. */
  readonly except?: readonly string[];
}

/**
 * An esbuild plug-in that keeps what `first` imports in one file. Modules are put together by who needs them, so that a dozen entries and
 * modules that are imported late would tear it into dozens of small files, each of which costs the start of a program some of a
 * millisecond. Here everything that is loaded later needs `first` as well, which makes all of its modules alike; whoever loads one has it
 * already.
 */
export function startTogether({ first, except = [] }: Files): NonNullable<Options['esbuildPlugins']>[number] {
  return {
    name: 'start-together',
    setup(build) {
      const root = process.cwd();
      const nameOf = (path: string) => relative(root, path).split(sep).join('/');
      const late = importedLate(join(root, 'src'), nameOf);
      // The import says only what belongs together: without effects of its own, it leaves no trace in what is built.
      build.initialOptions.logOverride = { 'ignored-bare-import': 'silent' };
      build.onResolve({ filter: /^start-together:first$/ }, () => ({ path: join(root, first) }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const name = nameOf(path);
        if (name === first || except.includes(name)) return undefined;
        const isEntry = Object.values(build.initialOptions.entryPoints ?? {}).some((entry) =>
          String(typeof entry === 'string' ? entry : entry.in).endsWith(name),
        );
        if (!isEntry && !late.has(name)) return undefined;
        return { contents: `import 'start-together:first';\n${await readFile(path, 'utf8')}`, loader: 'ts' };
      });
    },
  };
}

/** The modules that some module imports while it runs; all are known before the first is loaded, so that every build is the same. */
function importedLate(folder: string, nameOf: (path: string) => string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.ts$/.test(file),
  );
  const imports = files.flatMap((file) => {
    const path = join(folder, file);
    const found = readFileSync(path, 'utf8').matchAll(/(?<!typeof )\bimport\('(\.{1,2}\/[^']+)\.js'\)/g);
    return [...found].map(([, module = '']) => nameOf(join(dirname(path), `${module}.ts`)));
  });
  return new Set(imports);
}
