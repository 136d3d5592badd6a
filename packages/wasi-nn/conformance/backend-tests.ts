export { defectTests } from './defect-tests.js';
export { describeWith } from './describe-with.js';
export { type SessionSubject, sessionTests } from './session-tests.js';
