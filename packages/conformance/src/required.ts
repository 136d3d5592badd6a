/** True when the comma list in the variable `CI_REQUIRE` has one of these names. */
export function isRequired(...names: readonly string[]): boolean {
  const required = (process.env.CI_REQUIRE ?? '').split(',').map((name) => name.trim());
  return names.some((name) => required.includes(name));
}
