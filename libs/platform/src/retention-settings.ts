import { wholeSetting } from './environment-variable.ts';

/** How long things are kept (domain.md §14). */
export const retentionSettings = {
  rawRetentionDays: wholeSetting(
    { from: 1, to: 36_500, unit: 'days' },
    {
      name: 'CHAKONG_RAW_RETENTION_DAYS',
      default: '365',
      meaning: 'how long the messages of agencies are kept after their inquiry was closed',
    },
  ),
  exportHours: wholeSetting(
    { from: 1, to: 720, unit: 'hours' },
    {
      name: 'CHAKONG_EXPORT_HOURS',
      default: '24',
      meaning: 'how long an export can be fetched',
    },
  ),
  importHours: wholeSetting(
    { from: 1, to: 720, unit: 'hours' },
    {
      name: 'CHAKONG_IMPORT_HOURS',
      default: '72',
      meaning: 'how long a list of debtors that somebody brought can be mended and sent',
    },
  ),
  uploadRetentionDays: wholeSetting(
    { from: 1, to: 3_650, unit: 'days' },
    {
      name: 'CHAKONG_UPLOAD_RETENTION_DAYS',
      default: '30',
      meaning: 'how long an uploaded document is kept that nothing refers to',
    },
  ),
  quarantineRetentionDays: wholeSetting(
    { from: 1, to: 3_650, unit: 'days' },
    {
      name: 'CHAKONG_QUARANTINE_RETENTION_DAYS',
      default: '30',
      meaning: 'how long bytes in quarantine are kept',
    },
  ),
  retentionSweepMinutes: wholeSetting(
    { from: 1, to: 1_440, unit: 'min' },
    {
      name: 'CHAKONG_RETENTION_SWEEP_MINUTES',
      default: '60',
      meaning: 'how often a worker removes what is older than its time',
    },
  ),
};
