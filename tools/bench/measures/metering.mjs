// @ts-check

/**
 * The price of metering, on which the engine wasmedge relies: in C alone, since the packages do not leave it away.
 * @param {import('../c-baseline.mjs').CBaseline} c
 * @returns {import('../rounds.mjs').Comparison[]}
 */
export function meteringComparisons(c) {
  return [
    {
      id: 'metering',
      title: 'the price of metering: fib(20) in C with it, and without',
      ours: c.side('fib-metered'),
      baseline: c.side('fib-unmetered'),
      count: 1,
    },
  ];
}
