import { parentPort, workerData } from 'node:worker_threads';
import { unpackPlugins } from '@wasmedge-plugins/core';
import { runElsewhereJob } from './elsewhere-job.js';

// Makes the plug-ins again that it was sent, and does the same job with them.
const { engine, job, packed } = workerData;
const set = await unpackPlugins(packed);
parentPort?.postMessage(await runElsewhereJob(engine, { ...job, guest: new URL(job.guest) }, set));
