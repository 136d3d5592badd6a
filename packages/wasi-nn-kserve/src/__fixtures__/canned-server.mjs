// A gRPC server in a thread of its own, which answers while the thread of the test waits: the same bytes for each call of a method.
import { createServer } from 'node:http2';
import { parentPort, workerData } from 'node:worker_threads';

const server = createServer();
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  stream.resume();
  stream.on('end', () => {
    const method = String(headers[':path']).split('/')[2];
    parentPort.postMessage({ method, headers: { ...headers } });
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(workerData[method] ?? workerData.other);
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
