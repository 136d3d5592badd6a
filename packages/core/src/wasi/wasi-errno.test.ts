import { expect, test } from 'vitest';
import * as preview1 from './__fixtures__/preview1.js';
import { Errno, errnoNames, errnoOfNodeCode } from './wasi-errno.js';
import { errnoName } from './wasi-error.js';

test('the numbers are those of the specification (preview1, errno)', () => {
  expect(errnoNames).toHaveLength(77);
  const { SUCCESS, ACCES, BADF, EXIST, FAULT, INVAL, NOENT, NOTSOCK, SPIPE, NOTCAPABLE } = preview1;
  expect(Errno).toMatchObject({
    success: SUCCESS,
    acces: ACCES,
    badf: BADF,
    exist: EXIST,
    fault: FAULT,
    inval: INVAL,
    noent: NOENT,
    notsock: NOTSOCK,
    spipe: SPIPE,
    notcapable: NOTCAPABLE,
  });
});

test.each([
  ['ENOENT', 44],
  ['EACCES', 2],
  ['EPERM', 63],
  ['ENOTEMPTY', 55],
  ['EMFILE', 33],
  ['ENOSPC', 51],
  ['EPIPE', 64],
  ['EAGAIN', 6],
  ['EOPNOTSUPP', 58],
  ['EXDEV', 75],
  ['EROFS', 69],
  ['ENAMETOOLONG', 37],
  ['UNKNOWN', 29],
  [undefined, 29],
])('the code %s of Node.js is %i (preview1, errno)', (code, number) => {
  expect(errnoOfNodeCode(code)).toBe(number);
});

test('results have names for the trace', () => {
  expect([errnoName(0), errnoName(76), errnoName(77)]).toEqual(['success', 'notcapable', undefined]);
});
