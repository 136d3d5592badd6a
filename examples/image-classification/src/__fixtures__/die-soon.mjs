/** Has the thread or process that runs it end by itself, whatever it does then. */
export function dieSoon(_runtime, milliseconds) {
  setTimeout(() => process.exit(1), milliseconds);
}
