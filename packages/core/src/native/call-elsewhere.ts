type Callback<Result> = (error: Error | null, result: Result) => void;

/** A bound function as koffi makes it, with the form of it that runs on a thread of the pool. */
interface BoundFunction<Parameters extends readonly unknown[], Result> {
  async(...args: [...Parameters, Callback<Result>]): void;
}

/**
 * Calls a C function on a thread of Node's pool. Arrays that it is given must be held, and must stay as they are, until the promise is
 * settled.
 */
export function callElsewhere<Parameters extends readonly unknown[], Result>(
  bound: (...args: Parameters) => Result,
  ...args: Parameters
): Promise<Result> {
  return new Promise((resolve, reject) => {
    (bound as unknown as BoundFunction<Parameters, Result>).async(...args, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}
