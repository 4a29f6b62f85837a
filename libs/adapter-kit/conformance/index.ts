export type { Check } from './check.ts';
export { checks } from './checks.ts';
export { describeAdapter } from './describe-adapter.ts';
export { fixtureChecks } from './fixture-checks.ts';
export { readFixtures, type Fixture } from './fixtures.ts';
export { agencyOf, inquiryAbout } from './given.ts';
export { memoryMailbox, type MemoryMailbox } from './memory-mailbox.ts';
export { withTrial, type DoorCall, type Trial, type TrialOptions } from './trial.ts';
