import type { RetentionRule } from '#contracts';
import type { Settings } from './environment.ts';

/** How long one rule keeps things, and the moment before which they are due now. */
export type RetentionTime = {
  readonly rule: RetentionRule;
  readonly keeps: { readonly value: number; readonly unit: 'days' | 'hours' };
  readonly before: Date;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Exports carry the moment at which they expire, so theirs is now. */
export function retentionTimes(settings: Settings, now: Date): readonly RetentionTime[] {
  const days = (rule: RetentionRule, value: number): RetentionTime => ({
    rule,
    keeps: { value, unit: 'days' },
    before: new Date(now.getTime() - value * dayMs),
  });
  return [
    days('raw-messages', settings.rawRetentionDays),
    { rule: 'exports', keeps: { value: settings.exportHours, unit: 'hours' }, before: now },
    days('uploads', settings.uploadRetentionDays),
    { rule: 'imports', keeps: { value: settings.importHours, unit: 'hours' }, before: now },
    days('quarantine', settings.quarantineRetentionDays),
  ];
}

/** When a list that is brought now expires. */
export const importExpiry = ({ importHours }: Settings, now: Date): Date =>
  new Date(now.getTime() + importHours * hourMs);

/** When an export that is made now expires. */
export const exportExpiry = ({ exportHours }: Settings, now: Date): Date =>
  new Date(now.getTime() + exportHours * hourMs);
