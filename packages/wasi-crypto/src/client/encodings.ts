import { InvalidArgumentError } from '@wasmedge-plugins/core';

const keyPairEncodings = { raw: 0, pkcs8: 1, pem: 2 } as const;
const keyEncodings = { raw: 0, pkcs8: 1, pem: 2, sec: 3 } as const;
const signatureEncodings = { raw: 0, der: 1 } as const;

/** Number of an encoding of key pairs. */
export const keyPairEncodingNumber = numberIn(keyPairEncodings);

/** Number of an encoding of public or secret keys. */
export const keyEncodingNumber = numberIn(keyEncodings);

/** Number of an encoding of signatures. */
export const signatureEncodingNumber = numberIn(signatureEncodings);

function numberIn(numbers: Readonly<Record<string, number>>): (encoding: string) => number {
  return (encoding) => {
    const number = Object.hasOwn(numbers, encoding) ? numbers[encoding] : undefined;
    if (number === undefined) {
      throw new InvalidArgumentError(`The encoding must be one of ${Object.keys(numbers).join(', ')}.`);
    }
    return number;
  };
}
