import type { ScriptValue } from './script.js';

/** A value as a host gives it: the bits of a number, a NaN whose bits JavaScript does not show, or a reference. */
export type GivenValue =
  | { readonly bits: bigint }
  | { readonly nan: true }
  /** `null`, the number of a value of the host, or a function. */
  | { readonly reference: null | number | 'function' };

interface Lane {
  readonly width: number;
  readonly value: string;
}

const floats: Readonly<Record<string, { readonly exponent: bigint; readonly quiet: bigint }>> = {
  32: { exponent: 0x7f80_0000n, quiet: 0x40_0000n },
  64: { exponent: 0x7ff0_0000_0000_0000n, quiet: 0x8_0000_0000_0000n },
};

/** The bits of a number of a script. */
export function bitsOf(value: ScriptValue): bigint {
  return lanesOf(value).reduceRight((bits, lane) => (bits << BigInt(lane.width)) | BigInt(lane.value), 0n);
}

/** Whether the value is a signalling NaN, which becomes a quiet one as a number of JavaScript. */
export function isSignallingNan({ type, value }: ScriptValue): boolean {
  const float = type.startsWith('f') ? floats[type.slice(1)] : undefined;
  if (float === undefined || typeof value !== 'string') return false;
  return isNan(BigInt(value), float) && (BigInt(value) & float.quiet) === 0n;
}

/** Whether a host has given what a script expects. */
export function isExpected(given: GivenValue, wanted: ScriptValue): boolean {
  if (wanted.type === 'externref' || wanted.type === 'funcref') {
    if (!('reference' in given)) return false;
    if (wanted.value === undefined) return given.reference !== null;
    return given.reference === (wanted.value === 'null' ? null : Number(wanted.value));
  }
  if ('nan' in given) return mayBeNan(wanted);
  if (!('bits' in given)) return false;
  let rest = given.bits;
  return lanesOf(wanted).every((lane) => {
    const bits = BigInt.asUintN(lane.width, rest);
    rest >>= BigInt(lane.width);
    return isExpectedLane(bits, lane);
  });
}

/** How messages show a value. */
export function describeGiven(given: GivenValue): string {
  if ('nan' in given) return 'NaN';
  return 'bits' in given ? `0x${given.bits.toString(16)}` : `reference ${given.reference}`;
}

function mayBeNan({ type, value }: ScriptValue): boolean {
  if (typeof value !== 'string') return false;
  const float = floats[type.slice(1)];
  return (
    value.startsWith('nan:') || (type.startsWith('f') && float !== undefined && isNan(BigInt(value), float))
  );
}

function isExpectedLane(bits: bigint, { width, value }: Lane): boolean {
  const float = floats[width];
  if (!value.startsWith('nan:') || float === undefined) return bits === BigInt(value);
  const withoutSign = BigInt.asUintN(width - 1, bits);
  const least = float.exponent | float.quiet;
  return value === 'nan:canonical'
    ? withoutSign === least
    : isNan(bits, float) && (bits & float.quiet) !== 0n;
}

function isNan(
  bits: bigint,
  { exponent, quiet }: { readonly exponent: bigint; readonly quiet: bigint },
): boolean {
  return (bits & exponent) === exponent && (bits & ((quiet << 1n) - 1n)) !== 0n;
}

function lanesOf({ type, lane_type: laneType, value }: ScriptValue): readonly Lane[] {
  const width = Number((laneType ?? type).slice(1));
  return (typeof value === 'string' ? [value] : (value ?? [])).map((each) => ({ width, value: each }));
}
