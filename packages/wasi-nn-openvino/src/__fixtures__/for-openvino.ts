import { it } from 'vitest';
import { findLibrary } from '../library/find-library.js';

/** Whether OpenVINO is here. Where it is not, declares a skipped test with the reason, or one that fails when `CI_REQUIRE` names `openvino`. */
export function forOpenVino(): boolean {
  try {
    findLibrary();
    return true;
  } catch (error) {
    const required = (process.env.CI_REQUIRE ?? '').split(',').map((name) => name.trim());
    const [reason] = (error as Error).message.split('\n', 1);
    if (required.includes('openvino')) {
      it('has OpenVINO', () => {
        throw error;
      });
    } else {
      it.skip(`OpenVINO is not here: ${reason}`);
    }
    return false;
  }
}
