import { CannotCrossError } from '../../errors/placement-errors.js';
import { importElsewhere } from '../../recipe/import-elsewhere.js';
import { packCopy } from '../../recipe/pack-copy.js';
import { unpackValue } from '../../recipe/unpack-value.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { Request } from '../protocol/messages.js';
import type { LaneReply } from './lane.js';

type Task = (runtime: Runtime, ...args: unknown[]) => unknown;

/** Loads the function that a task names, and runs it in this member. */
export async function performTask(
  { module, export: exportName, args }: Extract<Request, { kind: 'perform' }>,
  runtime: Runtime,
): Promise<LaneReply> {
  const task = await loadTask(module, exportName);
  const result = await task(runtime, ...args.map(unpackValue));
  return {
    value: packCopy(result, { subject: `the task ${exportName}`, path: 'result' }),
    bytes: undefined,
  };
}

async function loadTask(module: string, exportName: string): Promise<Task> {
  const namespace = await importElsewhere(module, `which has the task ${exportName}`);
  const task = namespace[exportName];
  if (typeof task !== 'function') {
    throw new CannotCrossError(
      `The module ${module} exports no function ${exportName}; export it, or correct the name.`,
    );
  }
  return task as Task;
}
