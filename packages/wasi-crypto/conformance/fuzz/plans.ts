import type { FunctionName } from '../drive/raw-calls.js';
import { asymmetricPlans } from './asymmetric-plans.js';
import { commonPlans } from './common-plans.js';
import type { Plan } from './plan.js';
import { signaturePlans } from './signature-plans.js';
import { symmetricPlans } from './symmetric-plans.js';

/** How each function is called by somebody who mostly wants it to succeed. */
export const plans: Readonly<Record<FunctionName, Plan>> = {
  ...commonPlans,
  ...asymmetricPlans,
  ...signaturePlans,
  ...symmetricPlans,
};
