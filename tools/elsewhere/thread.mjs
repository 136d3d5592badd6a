// @ts-check
// Makes the plug-ins again that it was sent, and runs the same job with them.
import { parentPort, workerData } from 'node:worker_threads';
import { unpackPlugins } from '@wasmedge-plugins/core';
import { runJob } from './run-job.mjs';

const set = await unpackPlugins(workerData.packed);
parentPort?.postMessage(await runJob(workerData.job, set));
