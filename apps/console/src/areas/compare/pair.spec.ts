import { expect, it } from '@jest/globals';
import type { DebtorVersion } from '#contracts';
import { usualPair } from './pair.ts';

const version = (reportId: string, inquiryId: string): DebtorVersion =>
  ({ reportId, inquiryId }) as Partial<DebtorVersion> as DebtorVersion;
const versions = [
  version('rep_4', 'inq_2'),
  version('rep_3', 'inq_2'),
  version('rep_2', 'inq_1'),
  version('rep_1', 'inq_1'),
];

it('compares the newest version with the last one of the inquiry before', () => {
  expect(usualPair(versions, null)).toEqual({ newer: 'rep_4', older: 'rep_2' });
  expect(usualPair(versions, 'rep_2')).toEqual({ newer: 'rep_2', older: 'rep_1' });
});

it('compares nothing where there is one version, or one that is not listed', () => {
  expect(usualPair(versions.slice(3), null)).toBeNull();
  expect(usualPair(versions, 'rep_9')).toBeNull();
  expect(usualPair([], null)).toBeNull();
});
