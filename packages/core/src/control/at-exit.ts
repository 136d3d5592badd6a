const ends = new Set<() => void>();
let isListening = false;

/** Has `end` called when this thread exits, or this process if it is the main thread. What is returned takes that back. */
export function atExit(end: () => void): () => void {
  if (!isListening) {
    isListening = true;
    process.once('exit', () => {
      for (const each of ends) each();
    });
  }
  ends.add(end);
  return () => ends.delete(end);
}
