/**
 * The text of a module that holds every helper but the helper thread of imports, without imports of its own but for Node.js and koffi. The
 * build puts it in; here, in the sources, there is none.
 */
export function programText(): string {
  return '';
}
