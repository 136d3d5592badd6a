const signals = ['SIGINT', 'SIGTERM'] as const;
type Interruption = (typeof signals)[number];

/** What a shell says of a program that a signal ended. */
const exitCodes: Readonly<Record<Interruption, number>> = { SIGINT: 130, SIGTERM: 143 };

/** Does work that a signal to this process ends, so that it can leave nothing behind. */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let interruption: Interruption | undefined;
  const interrupt = (signal: Interruption) => {
    interruption = signal;
    controller.abort(new Error(`The command was interrupted by ${signal}.`));
  };
  for (const signal of signals) process.once(signal, interrupt);
  try {
    await work(controller.signal);
  } catch (error) {
    if (interruption === undefined) throw error;
    process.exitCode = exitCodes[interruption];
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
