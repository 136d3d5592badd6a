export { keepLoaded } from './keep-loaded.js';
export { koffi } from './koffi.js';
export { NativeArea } from './native-area.js';
export { nativeBytes, nativeInt64s } from './native-bytes.js';
