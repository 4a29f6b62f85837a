export type { FailedJob, JobCounts } from './backend.ts';
export type { JobContext, JobOutcome, JobProcessor } from './host.ts';
export type { InquiryFlow } from './inquiry-flow.ts';
export { inquiryJobSchema, shardJobSchema, type InquiryJob, type ReplayJob, type ShardJob } from './jobs.ts';
export { openPaceEngine, type PaceEngine, type TokensTaken } from './pace-engine.ts';
export { openQueueEngine, type QueueEngine, type QueueEngineOptions } from './queue-engine.ts';
export { QueueUrlError, readQueueUrl } from './queue-url.ts';
