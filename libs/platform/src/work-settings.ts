import { z } from 'zod';
import { setting, wholeSetting, yesNoSetting } from './environment-variable.ts';
import { logLevels } from './log.ts';

/** How many calls a caller may make in a window (api.md §2.5). */
export type RateLimit = { readonly quota: number; readonly windowSeconds: number };

const channelList = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== ''))
  .pipe(z.array(z.string().regex(/^[a-z0-9][a-z0-9.-]{0,99}$/)).min(1));

const rateLimit = /^(default|inquiries|exports|search|sign-in|verify)=(\d{1,6})\/(\d{1,5})$/;
/** `default=600/60`: 600 calls in 60 seconds. Policies that are not named keep their default. */
const rateLimits = z.string().transform((text, context): Readonly<Record<string, RateLimit>> => {
  const limits: Record<string, RateLimit> = {};
  for (const part of text.split(',')) {
    const [, policy, quota, windowSeconds] = rateLimit.exec(part.trim()) ?? [];
    const limit = { quota: Number(quota), windowSeconds: Number(windowSeconds) };
    if (policy === undefined || limit.quota === 0 || limit.windowSeconds === 0)
      context.addIssue('a policy is not readable');
    else limits[policy] = limit;
  }
  return limits;
});
export const defaultRateLimits = 'default=600/60,inquiries=60/60,exports=20/60,search=60/60,sign-in=10/60,verify=30/60';

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** How work is done: pace, patience, log. */
export const workSettings = {
  timeZone: setting(z.string().refine(isTimeZone), {
    name: 'CHAKONG_TIME_ZONE',
    default: 'Asia/Shanghai',
    expected: 'an IANA name such as Asia/Shanghai',
    meaning: 'offset of our timestamps, calendars',
  }),
  channels: setting(channelList.nullable(), {
    name: 'CHANNELS',
    default: null,
    expected: 'channel ids, separated by commas',
    meaning: 'channels this worker hosts; unset: all',
  }),
  workerConcurrency: wholeSetting(
    { from: 1, to: 256, unit: 'shards' },
    {
      name: 'CHAKONG_WORKER_CONCURRENCY',
      default: '8',
      meaning: 'shards a worker asks at once, per channel',
    },
  ),
  shardSize: wholeSetting(
    { from: 1, to: 250, unit: 'agencies' },
    {
      name: 'CHAKONG_SHARD_SIZE',
      default: '100',
      meaning: 'agencies of one channel that are asked in one job',
    },
  ),
  maxDueShards: wholeSetting(
    { from: 1, to: 1_000_000, unit: 'shards' },
    {
      name: 'CHAKONG_MAX_DUE_SHARDS',
      default: '10000',
      meaning: 'shards waiting to be worked on, above which new inquiries are refused with 503',
    },
  ),
  journalFlushMs: wholeSetting(
    { from: 0, to: 1_000, unit: 'ms' },
    {
      name: 'CHAKONG_JOURNAL_FLUSH_MS',
      default: '2',
      meaning: 'longest time an answer waits for others to be written with it',
    },
  ),
  reconcileSeconds: wholeSetting(
    { from: 1, to: 3_600, unit: 's' },
    {
      name: 'CHAKONG_RECONCILE_SECONDS',
      default: '30',
      meaning: 'how often jobs are compared with the database and made again where they are lost',
    },
  ),
  settleMs: wholeSetting(
    { from: 0, to: 3_600_000, unit: 'ms' },
    {
      name: 'CHAKONG_SETTLE_MS',
      default: '60000',
      meaning: 'changes within this time are put together into one later version of a report',
    },
  ),
  requeryCooldownSeconds: wholeSetting(
    { from: 0, to: 86_400, unit: 's' },
    {
      name: 'CHAKONG_REQUERY_COOLDOWN_SECONDS',
      default: '60',
      meaning: 'least time between two re-queries of one line',
    },
  ),
  mostRequeries: wholeSetting(
    { from: 1, to: 1_000, unit: 're-queries' },
    {
      name: 'CHAKONG_MOST_REQUERIES',
      default: '20',
      meaning: 'how often one line is asked again at most',
    },
  ),
  recoveryDays: wholeSetting(
    { from: 0, to: 365, unit: 'days' },
    {
      name: 'CHAKONG_RECOVERY_DAYS',
      default: '7',
      meaning: 'how old an inquiry may be that is asked again on its own when an agency is back; 0: never',
    },
  ),
  recoveryInquiries: wholeSetting(
    { from: 1, to: 10_000, unit: 'inquiries' },
    {
      name: 'CHAKONG_RECOVERY_INQUIRIES',
      default: '500',
      meaning: 'inquiries that are asked again at most each time an agency is back',
    },
  ),
  allNothingAnswers: wholeSetting(
    { from: 20, to: 100_000, unit: 'answers' },
    {
      name: 'CHAKONG_ALL_NOTHING_ANSWERS',
      default: '200',
      meaning: 'answers in a row that found nothing, before an agency that used to find something is suspected',
    },
  ),
  shutdownDelayMs: wholeSetting(
    { from: 0, to: 120_000, unit: 'ms' },
    {
      name: 'CHAKONG_SHUTDOWN_DELAY_MS',
      default: '5000',
      meaning: 'time for load balancers to notice that we are leaving',
    },
  ),
  shutdownGraceMs: wholeSetting(
    { from: 0, to: 600_000, unit: 'ms' },
    {
      name: 'CHAKONG_SHUTDOWN_GRACE_MS',
      default: '25000',
      meaning: 'time for asks in progress to finish, before they are aborted and given back',
    },
  ),
  handOverReadDays: wholeSetting(
    { from: 0, to: 3_650, unit: 'days' },
    {
      name: 'CHAKONG_HAND_OVER_READ_DAYS',
      default: '180',
      meaning: 'how long people who saw a case may read it after it was handed over to another court',
    },
  ),
  idempotencyDays: wholeSetting(
    { from: 1, to: 90, unit: 'days' },
    {
      name: 'CHAKONG_IDEMPOTENCY_DAYS',
      default: '7',
      meaning: 'how long a repeated request gets the first answer',
    },
  ),
  rateLimits: setting(rateLimits, {
    name: 'CHAKONG_RATE_LIMITS',
    default: defaultRateLimits,
    expected:
      'policies such as default=600/60,inquiries=60/60 (calls/seconds); policies: default, inquiries, exports, search, sign-in, verify',
    meaning: 'calls per caller in a window; policies that are not named keep their default',
  }),
  logLevel: setting(z.enum(logLevels), {
    name: 'CHAKONG_LOG_LEVEL',
    default: 'info',
    expected: logLevels.join(', '),
    meaning: 'least level that is written',
  }),
  logPretty: yesNoSetting({
    name: 'CHAKONG_LOG_PRETTY',
    default: null,
    meaning: 'readable log lines; unset: only on a terminal',
  }),
};
