import { defineBackendPlugin } from '../backend-plugin.js';
import type { BackendPluginOptions, ModelSource } from '../backend-plugin-options.js';
import { asyncLoader } from '../kit/async/async-loader.js';
import { defineBackend } from '../kit/define-backend.js';
import { wholeNumber } from '../kit/setting.js';

/** A model of the backend that does everything later. */
export interface LaterSource extends ModelSource {
  readonly text: Uint8Array | string;
}

/** What a test may choose. */
export interface LaterOptions extends BackendPluginOptions<LaterSource> {
  readonly sessions?: 'helper' | 'here';
  readonly isolated?: boolean;
  readonly broken?: boolean;
}

const moduleUrl = new URL('./later-backend.mjs', import.meta.url);

/** A plug-in on `later-backend.mjs`, in which everything is asynchronous. */
export function laterPlugin({
  sessions = 'helper',
  isolated = false,
  broken = false,
  ...options
}: LaterOptions = {}) {
  const backend = defineBackend({
    contractVersion: 1,
    packageName: 'later',
    title: 'Later',
    name: 'later',
    encoding: 3,
    encodingNames: ['pytorch'],
    parts: ['a text'],
    settings: { threads: wholeNumber({ min: 1, max: 4 }) },
    open: (context) =>
      asyncLoader({ moduleUrl, exportName: 'openLater', options: { broken } }, context, {
        sessions,
        isolated,
        onTold: (told) => context.writeStdout?.(new TextEncoder().encode(String(told))),
      }),
  });
  const define = defineBackendPlugin<LaterSource>({
    backend,
    partNames: ['text'],
    guestModels: () => 'allow',
    unavailable: () => undefined,
    nativeWarning: '',
  });
  return define(options);
}

/** The bytes of a model. */
export function laterModel(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
