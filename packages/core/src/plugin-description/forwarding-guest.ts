import {
  encodeFunctionType,
  encodeLimits,
  encodeModule,
  encodeText,
  end,
  externalCode,
} from '../module-types/encode-module.js';
import { encodeNumber } from '../module-types/rewrite-section.js';
import type { PluginModuleDescription } from './plugin-description.js';

const instruction = { call: 0x10, localGet: 0x20 } as const;

/**
 * A guest whose exports do nothing but call the functions of a module, and whose memory they see: host functions look at the memory of the
 * module that calls them.
 */
export function forwardingGuest(
  module: PluginModuleDescription,
  pages: number,
  memoryName: string,
): Uint8Array {
  const functions = module.functions.flatMap(({ name, params, results }) =>
    params === undefined || results === undefined ? [] : [{ name, params, results }],
  );
  const bodies = functions.map(({ params }, index) => {
    const body = [
      0,
      ...params.flatMap((_, local) => [instruction.localGet, ...encodeNumber(local)]),
      ...[instruction.call, ...encodeNumber(index), end],
    ];
    return [...encodeNumber(body.length), ...body];
  });
  const exported = (name: string, kind: keyof typeof externalCode, index: number) => [
    ...encodeText(name),
    externalCode[kind],
    ...encodeNumber(index),
  ];
  return encodeModule([
    ['type', functions.map(({ params, results }) => encodeFunctionType(params, results))],
    [
      'import',
      functions.map(({ name }, index) => [
        ...encodeText(module.name),
        ...encodeText(name),
        externalCode.function,
        ...encodeNumber(index),
      ]),
    ],
    ['function', functions.map((_, index) => encodeNumber(index))],
    ['memory', [encodeLimits({ minimum: pages })]],
    [
      'export',
      [
        ...functions.map(({ name }, index) => exported(name, 'function', functions.length + index)),
        exported(memoryName, 'memory', 0),
      ],
    ],
    ['code', bodies],
  ]);
}
