// @ts-check
// npm run docs:check: the documentation's examples are real. A ```ts block is type-checked and run ("ts no-run":
// type-checked only), a ```sh block names only scripts and options that exist ("sh run": it is run as well), and a block
// with "example=FILE" is that file of examples/. The page on troubleshooting explains every error code, and links between
// pages lead somewhere.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { checkErrorTable } from './docs/error-table.mjs';
import { differingBlocks } from './docs/example-files.mjs';
import { addExampleFiles, addExampleProjects, linkDependency } from './docs/example-folder.mjs';
import { readBlocks } from './docs/markdown-blocks.mjs';
import { brokenLinks } from './docs/relative-links.mjs';
import { checkShell, runShell } from './docs/shell-examples.mjs';
import { checkExamples, runExamples, writeExamples } from './docs/typescript-examples.mjs';
import { build, ensureDependencies } from './lib/dependencies.mjs';
import { publicPackages, repositoryRoot } from './lib/repository.mjs';

const errorPage = 'docs/troubleshooting.md';

await ensureDependencies();
await build();
const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-docs-'));
try {
  mkdirSync(join(folder, 'node_modules/@wasmedge-plugins'), { recursive: true });
  for (const entry of publicPackages()) symlinkSync(entry.folder, join(folder, 'node_modules', entry.name));
  for (const name of ['vitest', 'tsup']) linkDependency(folder, name);
  linkDependency(folder, '.bin/wasmedge-plugins');
  addExampleFiles(folder);
  addExampleProjects(folder);

  const files = markdownFiles();
  const examples = files.flatMap((file) =>
    writeExamples(folder, relative(repositoryRoot, file), readBlocks(file)),
  );
  const problems = checkExamples(folder, examples);
  if (problems.length === 0) problems.push(...runExamples(folder, examples));
  const sources = publicPackages().map((entry) => join(entry.folder, 'src'));
  const explained = checkErrorTable(sources, join(repositoryRoot, errorPage));
  problems.push(...explained.map((problem) => `${errorPage}: ${problem}`));
  let commands = 0;
  for (const file of files) {
    problems.push(
      ...brokenLinks(file).map((link) => `${relative(repositoryRoot, file)}: ${link} does not exist`),
    );
    const blocks = readBlocks(file);
    for (const { line, problem } of differingBlocks(blocks, join(repositoryRoot, 'examples'))) {
      problems.push(`${relative(repositoryRoot, file)}:${line}: ${problem}`);
    }
    for (const { language, flags, code, line } of blocks) {
      if (!['sh', 'bash', 'shell', 'console'].includes(language)) continue;
      commands += 1;
      const found = checkShell(code);
      if (found.length === 0 && flags.includes('run')) found.push(...runShell(code, folder));
      problems.push(...found.map((problem) => `${relative(repositoryRoot, file)}:${line}: ${problem}`));
    }
  }
  for (const problem of problems) console.error(problem);
  console.log(`${files.length} pages, ${examples.length} TypeScript examples, ${commands} shell examples.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Every page of the checkout that its readers see. */
function markdownFiles() {
  const docs = join(repositoryRoot, 'docs');
  const pages = existsSync(docs)
    ? readdirSync(docs, { recursive: true, encoding: 'utf8' }).map((file) => join(docs, file))
    : [];
  const roots = readdirSync(repositoryRoot).map((file) => join(repositoryRoot, file));
  const readmes = publicPackages().map((entry) => join(entry.folder, 'README.md'));
  return [...roots, ...pages, ...readmes].filter((file) => file.endsWith('.md') && existsSync(file));
}
