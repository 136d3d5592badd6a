// @ts-check
// LiteRT.js in a worker, and nothing around it: computes what it is sent, and sends what came out.
import { parentPort, workerData } from 'node:worker_threads';

const { moduleUrl, model } = workerData;
const { openLiteRt } = await import(moduleUrl);
const loader = openLiteRt(undefined, { maxBytes: 2 ** 30 });
const origin = { model: 'host', config: 'host' };
const graph = await loader.load({ parts: [model], target: 'cpu', config: { threads: 1 }, origin });
const context = await graph.createContext();
parentPort?.on('message', async (inputs) => {
  for (const [index, data] of inputs.entries()) context.setInput(index, { type: 'f32', shape: [2, 3], data });
  await context.compute();
  parentPort?.postMessage(context.output(0).data);
});
parentPort?.postMessage('ready');
