import type { ConformanceCase } from '@wasmedge-plugins/conformance';

/**
 * Cases of which some have an answer of their own in upstream's plug-in with one backend.
 *
 * @param differences what upstream does instead, by the name of the case.
 * @throws {Error} for a name that no case has.
 */
export function withDifferences(
  cases: readonly ConformanceCase[],
  differences: Readonly<Record<string, string>>,
): readonly ConformanceCase[] {
  const unknown = Object.keys(differences).filter((name) => cases.every((each) => each.name !== name));
  if (unknown.length > 0) {
    throw new Error(`No case has the name ${unknown.join(', nor ')}.`);
  }
  return cases.map((each) => {
    const upstreamDiffers = differences[each.name];
    return upstreamDiffers === undefined ? each : { ...each, upstreamDiffers };
  });
}
