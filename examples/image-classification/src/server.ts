import { GuestCrashError, PoolBusyError } from '@wasmedge-plugins/core';
import { ImageDecodeError } from '@wasmedge-plugins/wasi-nn/images';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Classifier } from './classifier-pool.js';

/**
 * A server that recognises the shape in a picture: `POST /guest` and `POST /session`, with the file of the picture as the body. It answers
 * `{ label, score }`. Closing it finishes the requests that it has started, and then ends the pool.
 */
export function createServer(classifier: Classifier): FastifyInstance {
  const app = fastify({ bodyLimit: 1 << 20 });
  // A body of any other type is refused.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  // When too many are waiting, a picture is not even read.
  app.addHook('onRequest', async (_request, reply) => {
    if (classifier.isFull) return tryAgain(reply, 'Too many requests are waiting.');
  });
  app.post<{ Body: Buffer }>('/guest', (request, reply) =>
    classifier.inGuest(request.body, whileConnected(reply)),
  );
  app.post<{ Body: Buffer }>('/session', (request, reply) =>
    classifier.inSession(request.body, whileConnected(reply)),
  );

  app.setErrorHandler((error: Error, _request, reply) => {
    // A call that timed out in the queue has done nothing, and one whose process was killed twice changes nothing: both may be repeated.
    if (PoolBusyError.isInstance(error)) return tryAgain(reply, 'Too many requests are waiting.');
    if (GuestCrashError.isInstance(error)) return tryAgain(reply, 'The picture was not classified.');
    if (ImageDecodeError.isInstance(error)) return reply.code(400).send({ error: error.message });
    return reply.send(error);
  });
  // A keep-alive connection would keep the server running after its answer.
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('Connection', 'close');
  });
  app.addHook('onClose', () => classifier[Symbol.asyncDispose]());
  return app;
}

function tryAgain(reply: FastifyReply, error: string) {
  return reply.code(503).header('Retry-After', '1').send({ error });
}

/** Is aborted when the client disconnects before it was answered. */
function whileConnected(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The client has disconnected.'));
  });
  return controller.signal;
}
