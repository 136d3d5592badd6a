import type { LlamaContext } from 'node-llama-cpp';

type SampleToken = (...given: unknown[]) => Promise<unknown>;

/** What llama.cpp says when it has no token to give. */
const noToken = -1;

/** How long a token may take to be chosen, in milliseconds: with a grammar that is too ambiguous, each takes twice as long as the one before. */
export const longestChoice = 10_000;

/** Tells why the last token of a context could not be chosen, if it could not. */
export interface SamplerFailures {
  /** The reason, which is forgotten. */
  take(): Error | undefined;
}

/**
 * Makes that a token which cannot be chosen fails the computation that asks for it. node-llama-cpp 3.21.1 drops this failure: the process would end of an unhandled
 * rejection, with all models in it, and the computation would never settle. A choice that takes too long ends the process, since nothing else ends it.
 *
 * @param end ends the process, with these last words.
 */
export function guardSampler(
  context: LlamaContext,
  end: (words: string) => void = endProcess,
): SamplerFailures {
  // The library does not declare it, and this package takes exactly one version of the library.
  const { _ctx: inner } = context as unknown as { readonly _ctx: { sampleToken: SampleToken } };
  const sample = inner.sampleToken.bind(inner);
  let failure: Error | undefined;
  const guarded: SampleToken = async (...given) => {
    const timer = setTimeout(() => end(tooLong), longestChoice);
    try {
      return await sample(...given);
    } catch (error) {
      failure = error as Error;
      return noToken;
    } finally {
      clearTimeout(timer);
    }
  };
  // Assigning is refused, since the class has a method of this name that is read-only.
  Object.defineProperty(inner, 'sampleToken', { value: guarded });
  return {
    take() {
      const taken = failure;
      failure = undefined;
      return taken;
    },
  };
}

const tooLong = `A token took more than ${longestChoice / 1000} s to choose: the grammar is too ambiguous.`;

function endProcess(words: string): void {
  process.stderr.write(`${words}\n`, () => process.kill(process.pid, 'SIGKILL'));
}
