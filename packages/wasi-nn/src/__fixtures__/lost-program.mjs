// @ts-check
// A program whose models' processes end while it computes, by themselves and when a session is disposed; it needs what was built.
import { defineBackendPlugin } from '@wasmedge-plugins/wasi-nn';
import { asyncLoader, defineBackend } from '@wasmedge-plugins/wasi-nn/kit';

const moduleUrl = new URL('./later-backend.mjs', import.meta.url);
const backend = defineBackend({
  contractVersion: 1,
  packageName: 'later',
  title: 'Later',
  name: 'later',
  encoding: 3,
  encodingNames: ['pytorch'],
  parts: ['a text'],
  settings: {},
  open: (context) => asyncLoader({ moduleUrl, exportName: 'openLater' }, context, { isolated: true }),
});
const plugin = defineBackendPlugin({
  backend,
  partNames: ['text'],
  guestModels: () => 'allow',
  unavailable: () => undefined,
  nativeWarning: '',
})({});

/** @param {string} model */
async function lose(model) {
  const session = await plugin.session(/** @type {never} */ ({ text: new TextEncoder().encode(model) }));
  const running = session.runAsync([]).catch((/** @type {Error} */ error) => error.name);
  if (model === 'spin') setImmediate(() => session[Symbol.dispose]());
  return running;
}

console.log(await lose('end'), await lose('spin'));
