// @ts-check
// npm run site: makes the site in dist-site/: the reference of all packages from their public comments, and the pages of the documentation,
// with one search. It fails where "npm run reference" does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { publicAddress } from './lib/public-address.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  await ensureDependencies();
  const { readProject } = await import('./reference/project.mjs');
  const { findProblems } = await import('./reference/find-problems.mjs');
  const { groups } = await import('./site/pages.mjs');
  const { nameThrownErrors } = await import('./site/name-thrown-errors.mjs');
  const { writeDocuments } = await import('./site/write-documents.mjs');
  const documents = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-site-'));
  try {
    const read = await readProject({
      ...writeDocuments(documents),
      preservedTypeAnnotationTags: ['@throws'],
      searchInDocuments: true,
      includeHierarchySummary: false,
      // The pages have their own.
      headings: { readme: false, document: false },
      navigation: { includeGroups: true },
      groupOrder: [...groups, 'Modules', '*'],
      navigationLinks: { Repository: publicAddress() },
      favicon: join(repositoryRoot, 'tools/site/favicon.svg'),
      customCss: join(repositoryRoot, 'tools/site/site.css'),
      // TypeDoc has no colours for WAT.
      ignoredHighlightLanguages: ['wat'],
      highlightLanguages: [
        'c',
        'cpp',
        'html',
        'js',
        'json',
        'powershell',
        'python',
        'rust',
        'sh',
        'toml',
        'ts',
        'yaml',
      ],
    });
    if (findProblems(read) > 0) return 1;
    nameThrownErrors(read.project);
    await read.app.generateDocs(read.project, join(repositoryRoot, 'dist-site'));
    return read.app.logger.hasErrors() || read.app.logger.hasWarnings() ? 1 : 0;
  } finally {
    rmSync(documents, { recursive: true });
  }
});
