import { isTable } from '@wasmedge-plugins/core';
import { defaults } from './models/bounds.js';

/**
 * The same options, with functions for credentials that never keep a request for longer than an inference may take: a guest that waits for one elsewhere
 * cannot be asked to wait no longer, so it has to be where the function is. What is not as it must be is left for the checks.
 */
export function withTimelyCredentials<Options>(options: Options): Options {
  if (!isTable(options) || !isTable(options.models)) return options;
  const models = Object.entries(options.models).map(([name, model]) => [name, timely(name, model)]);
  return { ...options, models: Object.fromEntries(models) };
}

function timely(name: string, model: unknown): unknown {
  if (!isTable(model) || typeof model.credentials !== 'function') return model;
  const { credentials, timeoutMs = defaults.timeoutMs } = model;
  return { ...model, credentials: () => inTime(credentials(), Number(timeoutMs), lateText(name, model)) };
}

/** What is said of a function that took too long. */
export function lateText(
  name: string,
  { timeoutMs = defaults.timeoutMs }: { readonly timeoutMs?: unknown },
): string {
  return `The function credentials of models.${name} has not returned headers within ${timeoutMs} ms.`;
}

function inTime(given: unknown, timeoutMs: number, text: string): unknown {
  if (!isLater(given)) return given;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(text)), timeoutMs);
    Promise.resolve(given)
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });
}

/** Whether it is a promise, of whatever library or realm. */
export function isLater(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}
