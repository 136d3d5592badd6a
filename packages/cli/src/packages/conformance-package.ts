import type { ConformanceSuite } from '@wasmedge-plugins/conformance';
import { PackageMissingError } from '../errors.js';
import { importOptional } from './import-optional.js';
import { packageNamesFor, requireInstalled } from './plugin-package.js';

const conformancePackage = '@wasmedge-plugins/conformance';

/** What this command uses of the conformance package, which is loaded when it is needed. */
export type ConformancePackage = Pick<
  typeof import('@wasmedge-plugins/conformance'),
  'formatJson' | 'formatTable' | 'runConformance'
>;

/** @throws {PackageMissingError} when the package is not installed. */
export async function loadConformance(): Promise<ConformancePackage> {
  const loaded = await importOptional(conformancePackage);
  if (loaded === undefined) {
    throw new PackageMissingError([conformancePackage], 'to run conformance suites');
  }
  return loaded as unknown as ConformancePackage;
}

/** The suites of a plug-in: one, or one of each backend that is installed. */
export async function loadSuites(plugin: string): Promise<ConformanceSuite[]> {
  const names = packageNamesFor(plugin);
  const modules = await Promise.all(names.map((name) => importOptional(`${name}/conformance`)));
  const installed = requireInstalled(modules, names, 'for its conformance suite');
  return installed.map(({ suite }) => suite as ConformanceSuite);
}
