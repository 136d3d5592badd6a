import { GuestCrashError, PoolBusyError } from '@wasmedge-plugins/core';
import { ImageDecodeError } from '@wasmedge-plugins/wasi-nn/images';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Classifier } from './classifier-pool.js';

/**
 * A server that names the shape on a picture: `POST /guest` and `POST /session`, with the file of the picture as the body. It answers
 * `{ label, score }`. Closing it lets requests end that it has begun, and the pool with them.
 */
export function createServer(classifier: Classifier): FastifyInstance {
  const app = fastify({ bodyLimit: 1 << 20 });
  // A body of any other type is refused.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  // With too many waiting a picture is not even read.
  app.addHook('onRequest', async (_request, reply) => {
    if (classifier.isFull) return comeAgain(reply, 'Too many requests wait.');
  });
  app.post<{ Body: Buffer }>('/guest', (request, reply) =>
    classifier.inGuest(request.body, whileConnected(reply)),
  );
  app.post<{ Body: Buffer }>('/session', (request, reply) =>
    classifier.inSession(request.body, whileConnected(reply)),
  );

  app.setErrorHandler((error: Error, _request, reply) => {
    // A call that waited in vain has done nothing, and one whose process was killed twice changes nothing: both may be made again.
    if (PoolBusyError.isInstance(error) || GuestCrashError.isInstance(error)) {
      return comeAgain(reply, error.message);
    }
    if (ImageDecodeError.isInstance(error)) return reply.code(400).send({ error: error.message });
    return reply.send(error);
  });
  // A connection that is kept would keep the server, after its answer.
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

function comeAgain(reply: FastifyReply, error: string) {
  return reply.code(503).header('Retry-After', '1').send({ error });
}

/** Is aborted when the client goes before it was answered. */
function whileConnected(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The client has gone.'));
  });
  return controller.signal;
}
