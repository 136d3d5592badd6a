/** Thrown by `CaseContext.ignore` to leave a case; never seen outside of the runner. */
export class IgnoredCase extends Error {}
