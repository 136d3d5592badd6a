/** Waits for an end, as long as there is time since all were asked to end. */
type Wait = (since: number) => void;

const ends = new Set<() => Wait | undefined>();
let isListening = false;

/**
 * Has `end` called when this thread exits, or this process if it is the main thread. What `end` returns is called when all others were called too, so that what takes
 * its time to end does so while others do. What is returned takes that back.
 */
export function atExit(end: () => Wait | undefined): () => void {
  if (!isListening) {
    isListening = true;
    process.once('exit', () => {
      const waits = [...ends].map((each) => each());
      const since = performance.now();
      for (const wait of waits) wait?.(since);
    });
  }
  ends.add(end);
  return () => ends.delete(end);
}
