const withoutSite = new WeakSet<object>();

/** Says of an error, which is nobody else's, that its stack does not tell where the call was made that failed. */
export function lacksCallSite<Thrown>(error: Thrown): Thrown {
  if (error instanceof Error) withoutSite.add(error);
  return error;
}

/** Puts the stack of this place below that of an error of a call that was made here, where {@link lacksCallSite} says that it lacks it. */
export function addCallSite<Thrown>(thrown: Thrown, here: (...args: never[]) => unknown): Thrown {
  if (thrown instanceof Error && withoutSite.delete(thrown)) {
    const site: { stack?: string } = {};
    Error.captureStackTrace(site, here);
    const frames = site.stack?.replace(/^[^\n]*/, '') ?? '';
    if (frames !== '') {
      const value = `${thrown.stack ?? thrown.name}\n    --- called from ---${frames}`;
      Object.defineProperty(thrown, 'stack', { value, configurable: true, writable: true });
    }
  }
  return thrown;
}
