import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import { isExportReference, isPackageExport } from '../../recipe/exported-as.js';
import { describeValue } from '../../values/check-arguments.js';
import type { MemberTask } from '../interface/member-task.js';
import { checkArguments } from './check-arguments-of-call.js';

/** @throws {InvalidArgumentError} for what refers to no function, and for arguments that are not an array. */
export function checkTask(call: string, task: MemberTask<never>, args: unknown): void {
  const isPackage = typeof task === 'object' && task !== null && isPackageExport(task);
  if (!isPackage && !isExportReference(task)) {
    const found =
      typeof task === 'object' && task !== null ? 'an object of another form' : describeValue(task);
    throw new InvalidArgumentError(
      `The task of ${call} must be { module, export } with the URL of a module and the name of a function that it exports, not ${found}.`,
    );
  }
  checkArguments(call, args);
}
