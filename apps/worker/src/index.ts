export { ChannelsRefused, composeWorker, type WorkerSetting } from './compose-worker.ts';
export type { RunningWorker } from './worker.ts';
export { openEngines, type Engines } from './open-engines.ts';
