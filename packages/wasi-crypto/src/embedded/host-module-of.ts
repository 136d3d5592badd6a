import {
  type Caller,
  type HostFunction,
  type HostModule,
  hostModule,
  type ParametersOf,
  type Signature,
  type ValueType,
} from '@wasmedge-plugins/core';
import { cryptoErrno, cryptoErrnoName } from './errno.js';
import { errnoOf } from './errno-of.js';
import type { FailureReport } from './failure-report.js';

/** The signatures of one module. */
export type ModuleSignatures = Readonly<Record<string, Signature<readonly ValueType[], readonly ['i32']>>>;

/**
 * The functions of one module. Each returns when it succeeded and throws a `CryptoError` when it did not; the error code is
 * added by {@link hostModuleOf}.
 */
export type CryptoFunctions<Signatures extends ModuleSignatures> = {
  readonly [Name in keyof Signatures]: (
    caller: Caller,
    ...args: ParametersOf<Signatures[Name]['params']>
  ) => void;
};

/**
 * Makes a module that guests can import. Whatever a function throws becomes an error code here and nowhere else; the host is told of what
 * was not an answer, without the message of a library, which may quote its input. A trace shows pointers, lengths and handles, and the result's name; bytes
 * never cross as arguments.
 */
export function hostModuleOf<Signatures extends ModuleSignatures>(
  name: string,
  signatures: Signatures,
  functions: CryptoFunctions<Signatures>,
  report: FailureReport,
): HostModule {
  const wrapped = Object.entries(signatures).map(([functionName, { params, results }]) => {
    const target = functions[functionName] as (caller: Caller, ...args: unknown[]) => void;
    const call: HostFunction['call'] = (caller, ...args) => {
      try {
        target(caller, ...args);
        return cryptoErrno.success;
      } catch (error) {
        report.add(functionName, error);
        return errnoOf(error);
      }
    };
    return [functionName, { params, results, call, trace: { result: cryptoErrnoName } }] as const;
  });
  return hostModule(name, Object.fromEntries(wrapped));
}
