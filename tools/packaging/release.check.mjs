// @ts-check
// Rehearses a release: tarballs as the registry and its users see them, and what changesets make of versions.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toolEnvironment } from '../lib/dependencies.mjs';
import { publicAddress } from '../lib/public-address.mjs';
import { publicPackages, repositoryRoot } from '../lib/repository.mjs';
import { capture, captureAsync } from '../lib/run.mjs';
import { packAll } from './pack.mjs';

const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(packAll(folder))('$name', ({ folder: cwd, version, manifest, files, tarball }) => {
  test('has the manifest of a package that is published', () => {
    const scripts = Object.keys(manifest.scripts ?? {});
    expect(scripts.filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
    expect(manifest).toMatchObject({ license: 'Apache-2.0', engines: { node: '>=20.19' } });
    expect(JSON.stringify({ ...manifest, devDependencies: {} })).not.toContain('workspace:');
  });

  test('says where it comes from, as the registry compares it with its provenance', () => {
    const directory = relative(repositoryRoot, cwd).replaceAll('\\', '/');
    expect(manifest).toMatchObject({
      repository: { type: 'git', url: `git+${publicAddress()}.git`, directory },
      homepage: `${publicAddress()}/tree/main/${directory}#readme`,
      bugs: { url: `${publicAddress()}/issues` },
      publishConfig: { access: 'public', provenance: true },
    });
    expect(manifest.description).toMatch(/^\S.{20,}\.$/);
    expect(manifest.keywords).toEqual(expect.arrayContaining(['wasmedge', 'webassembly']));
  });

  test('asks for the other packages by ranges that end where a minor of 0.x may break', () => {
    const own = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
    const ranges = own.filter(([name]) => name.startsWith('@wasmedge-plugins/')).map(([, range]) => range);
    expect(ranges.filter((range) => range !== `^${version}`)).toEqual([]);
  });

  test('has its files and no tests in the tarball', () => {
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(files.filter((file) => file.startsWith('dist/'))).not.toEqual([]);
    expect(files.filter((file) => /\.test(-d)?\.|__fixtures__|^src\/|\.env/.test(file))).toEqual([]);
  });

  test.concurrent('has nothing that publint finds', () => passes(cwd, 'publint', 'run', tarball, '--strict'));

  // A package that is only a command has no types to look at.
  test.runIf(manifest.exports?.['.'])('has types that are not wrong', { concurrent: true }, () =>
    passes(cwd, 'attw', tarball, '--profile', 'esm-only', '--no-emoji'),
  );

  test.concurrent('can be published', () =>
    passes(cwd, 'pnpm', 'publish', '--dry-run', '--no-git-checks', '--access', 'public'));

  test.concurrent('is taken by npm with its provenance as it is, with nothing put right', async () => {
    // Of a tarball npm does not tell what it corrects.
    const unpacked = mkdtempSync(join(folder, 'unpacked-'));
    expect(capture('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'])).toMatchObject({
      code: 0,
    });
    const words = ['publish', '--dry-run', '--provenance', '--access', 'public', '--loglevel', 'warn'];
    const { code, output } = await captureAsync('npm', words, { cwd: unpacked });
    expect(code, output).toBe(0);
    expect(output.replace(/.*requires you to be logged in.*/g, '')).not.toMatch(/npm warn/i);
  });
});

/** @param {string} cwd @param {string} command one of the checkout's own @param {...string} args */
async function passes(cwd, command, ...args) {
  const { code, output } = await captureAsync(command, args, { cwd, env: toolEnvironment() });
  expect(code, output).toBe(0);
}

test('changesets give all packages one version, and a minor of core makes no major', () => {
  const copy = copyManifests();
  const [major, minor] = (applyChangesets(copy)[0] ?? '').split('.').map(Number);
  const change = "---\n'@wasmedge-plugins/core': minor\n---\n\nA new option.\n";
  writeFileSync(join(copy, '.changeset/minor-of-core.md'), change);
  expect(applyChangesets(copy)).toEqual([`${major}.${(minor ?? 0) + 1}.0`]);
  for (const { folder: each, manifest } of publicPackages(copy)) {
    const changes = readFileSync(join(each, 'CHANGELOG.md'), 'utf8');
    expect(changes).toContain(`# ${manifest.name}\n\n## ${manifest.version}\n`);
    expect(
      Object.values(manifest.peerDependencies ?? {}).filter((range) => /workspace:[^^]/.test(range)),
    ).toEqual([]);
  }
  expect(readFileSync(join(copy, 'packages/core/CHANGELOG.md'), 'utf8')).toContain('A new option.');
});

/** What changesets read, in a Git repository of its own. */
function copyManifests() {
  const copy = join(folder, 'checkout');
  const manifests = publicPackages().map((each) =>
    join(relative(repositoryRoot, each.folder), 'package.json'),
  );
  for (const path of ['package.json', 'pnpm-workspace.yaml', '.changeset', ...manifests])
    cpSync(join(repositoryRoot, path), join(copy, path), { recursive: true });
  symlinkSync(join(repositoryRoot, 'node_modules'), join(copy, 'node_modules'));
  const identity = '-c user.name=rehearsal -c user.email=rehearsal@localhost -c commit.gpgsign=false';
  for (const args of ['init -q -b main', `${identity} commit -q --allow-empty -m Rehearsal`])
    expect(capture('git', args.split(' '), { cwd: copy })).toMatchObject({ code: 0 });
  return copy;
}

/** Does what "npm run version-packages" does. @param {string} copy @returns {string[]} the versions that there are now */
function applyChangesets(copy) {
  const script = join(repositoryRoot, 'tools/packaging/version-packages.mjs');
  expect(capture(process.execPath, [script], { cwd: copy })).toMatchObject({ code: 0 });
  return [...new Set(publicPackages(copy).map(({ version }) => version))];
}
