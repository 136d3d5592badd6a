import type { Caller } from '@wasmedge-plugins/core';
import type { FunctionName } from '../drive/raw-calls.js';

/** A host function of one of the five modules. A version is a bigint, which no defect looks at. */
export type Call = (caller: Caller, ...args: number[]) => number;

/** The functions of the five modules. */
export type Calls = Readonly<Record<FunctionName, Call>>;
