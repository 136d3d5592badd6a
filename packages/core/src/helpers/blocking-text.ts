/**
 * The same for the helper thread of imports, which also those need who wait for nothing before; it is small. The build puts it in.
 */
export function blockingText(): string {
  return '';
}
