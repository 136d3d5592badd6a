/** The text of `tasks.ts` with all that it imports, for a bundle, which has no file of that name. The build puts it in. */
export function tasksText(): string {
  return '';
}
