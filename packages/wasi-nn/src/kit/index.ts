export { shapesAgree } from '../model-definition.js';
export { pathOfPart } from '../model-part.js';
export { type AsyncOptions, asyncLoader } from './async/async-loader.js';
export type { AsyncImplementation } from './async/messages.js';
export { checkInput, sameShape, wrongShape } from './check-input.js';
export {
  chooseLibraryOrSandbox,
  type LibraryAndSandbox,
  type LibraryChoice,
  type LibraryOrSandbox,
} from './choose-library-or-sandbox.js';
export { checkConfigText, longestConfig } from './config-text.js';
export {
  type BackendDefinition,
  defineBackend,
  deviceFor,
  type ModelLoader,
  type ModelRequest,
} from './define-backend.js';
export { describeLibrary, type LibraryIdentity, problemOf } from './describe-library.js';
export {
  brokenModel,
  type DescribedTensor,
  type ModelDescription,
  type Quantisation,
  readModelFile,
} from './describe-model.js';
export { type ElementTypes, elementTypes } from './element-types.js';
export { findLibrary, type LibrarySearch, libraryPlaces } from './find-library.js';
export {
  activePython,
  installedPython,
  libraryTriple,
  type Machine,
  pythonFolders,
  systemFolders,
} from './machine.js';
export { type PackageFile, packageFile } from './package-file.js';
export { type ConfigRules, readConfig } from './read-config.js';
export {
  type ConfigOf,
  oneOf,
  type Setting,
  type SettingOptions,
  type Settings,
  tableOf,
  textLike,
  type WholeNumberBounds,
  wholeNumber,
  yesOrNo,
} from './setting.js';
export { TensorContext } from './tensor-context.js';
export { TurnQueue } from './turn-queue.js';
