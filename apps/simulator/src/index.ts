export { faults, readFaultRules, type Fault, type FaultRule } from './faults/fault.ts';
export { seededFaults } from './faults/seeded-faults.ts';
export { SimulatorRefused } from './simulator-refused.ts';
export { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator.ts';
export { holdingsOf, type Holdings } from './world/holdings.ts';
export { magicDebtors, type MagicDebtor } from './world/magic-debtors.ts';
export { registeredName, syntheticDebtor, type SyntheticDebtor } from './world/person.ts';
export type { Scenario } from './world/scenario.ts';
export {
  truthOf,
  type AgencyTruth,
  type TrueAccount,
  type TrueAsset,
  type TrueRealEstate,
  type TrueVehicle,
  type Truth,
} from './world/truth.ts';
