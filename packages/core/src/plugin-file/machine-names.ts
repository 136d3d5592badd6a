/** Names of machines, as Node.js has them, by the number that a format gives them. */
export type MachineNames = ReadonlyMap<number, string>;

/** e_machine of ELF. */
export const elfMachines: MachineNames = new Map([
  [3, 'ia32'],
  [8, 'mips'],
  [21, 'ppc64'],
  [22, 's390x'],
  [40, 'arm'],
  [62, 'x64'],
  [183, 'arm64'],
  [243, 'riscv64'],
  [258, 'loong64'],
]);

/** cputype of Mach-O. */
export const machMachines: MachineNames = new Map([
  [7, 'ia32'],
  [12, 'arm'],
  [0x0100_0007, 'x64'],
  [0x0100_000c, 'arm64'],
]);

/** Machine of PE. */
export const peMachines: MachineNames = new Map([
  [0x014c, 'ia32'],
  [0x01c4, 'arm'],
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
]);

/** The name of a machine, also of one that Node.js has none for. */
export function machineName(names: MachineNames, machine: number): string {
  return names.get(machine) ?? `machine ${machine}`;
}
