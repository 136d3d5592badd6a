import type { LoadOrigin } from '../backend.js';
import { NnError } from '../errors.js';
import type { NnErrnoName } from '../nn-errno.js';
import { numbersAsWritten } from './numbers-as-written.js';
import type { ConfigOf, Setting, Settings } from './setting.js';

/** How the text of a configuration is read. */
export interface ConfigRules {
  /** The error code that a guest gets for a text that is not a JSON object. Default: `invalid_argument`. */
  readonly malformed?: NnErrnoName | undefined;
  /** What happens to a guest's settings that the table does not have: `ignore` omits them from the result. The host's are refused. Default: `refuse`. */
  readonly unknown?: 'refuse' | 'ignore' | undefined;
  /** Settings that the table does not have and that have no effect, of which a guest's must have the right type all the same. Default: none. */
  readonly withoutEffect?: Settings | undefined;
  /** How a guest must write whole numbers: `exact` refuses `1.0` and `1e0`. Default: `any`. */
  readonly wholeNumbers?: 'any' | 'exact' | undefined;
  /** What JSON is that is not an object, such as a list: `empty` has no settings. Default: `refuse`, as a text that is not JSON. */
  readonly otherJson?: 'refuse' | 'empty' | undefined;
}

/**
 * Reads the configuration of a model from JSON, according to the table of a backend's settings. From a guest, only harmless settings are accepted.
 *
 * @throws {NnError} `invalid_argument`, or the code that the table and the rules give, when it is not valid JSON or not an object, or has a
 * setting that is unknown, of the wrong type, or not for guests.
 */
export function readConfig<const Table extends Settings>(
  settings: Table,
  text: string | undefined,
  from: LoadOrigin['config'],
  {
    malformed = 'invalid_argument',
    unknown = 'refuse',
    otherJson = 'refuse',
    withoutEffect = {},
    wholeNumbers = 'any',
  }: ConfigRules = {},
): ConfigOf<Table> {
  const config = text === undefined ? {} : parseObject(text, malformed, otherJson);
  const written = wholeNumbers === 'exact' && from === 'guest' ? numbersAsWritten(text ?? '') : undefined;
  const check = (name: string, value: unknown, setting: Setting<unknown>) => {
    if (!setting.accepts(value)) throw refuse(`${name} must ${setting.must}`, setting.errno);
    if (setting.isWhole && /[.e]/i.test(written?.get(name) ?? '')) {
      throw refuse(`${name} must be written without a fraction and an exponent`, setting.errno);
    }
  };
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config)) {
    const setting = settingOf(settings, name);
    if (setting === undefined) {
      if (unknown === 'ignore' && from === 'guest') {
        const idle = settingOf(withoutEffect, name);
        if (idle !== undefined) check(name, value, idle);
        continue;
      }
      throw refuse(`there is no setting ${name}; there are: ${Object.keys(settings).join(', ')}`);
    }
    check(name, value, setting);
    const reason = from === 'guest' ? setting.refuseGuest?.(value) : undefined;
    if (reason !== undefined) throw refuse(reason, setting.errno);
    read[name] = value;
  }
  return read as ConfigOf<Table>;
}

function settingOf(settings: Settings, name: string): Setting<unknown> | undefined {
  return Object.hasOwn(settings, name) ? (settings[name] as Setting<unknown>) : undefined;
}

function parseObject(text: string, malformed: NnErrnoName, otherJson: ConfigRules['otherJson']): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('it is not valid JSON', malformed);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (otherJson === 'empty') return {};
    throw refuse('it must be a JSON object', malformed);
  }
  return value;
}

function refuse(reason: string, errno: NnErrnoName = 'invalid_argument'): NnError {
  return new NnError(errno, `The model's configuration cannot be used: ${reason}.`);
}
