const pattern = /^(\d+)\.(\d+)\.(\d+)(?:-[0-9A-Za-z.-]+)?$/;

/** Whether a text is a version of WasmEdge, such as `0.14.1` or `0.15.0-rc.1`. */
export function isVersion(text: string): boolean {
  return pattern.test(text);
}

/** Below zero when `first` is the older one. A release candidate counts as its release. */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [numbers(first), numbers(second)];
  return [0, 1, 2].map((index) => (a[index] ?? 0) - (b[index] ?? 0)).find((step) => step !== 0) ?? 0;
}

function numbers(version: string): readonly number[] {
  return (pattern.exec(version) ?? []).slice(1).map(Number);
}
