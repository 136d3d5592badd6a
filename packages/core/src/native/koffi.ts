import koffi from 'koffi';
import { configureKoffi } from './configure-koffi.js';

configureKoffi(koffi);

export { koffi };
