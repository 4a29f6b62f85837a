import type { Story } from '../../app/story.ts';
import type { ReportVerification } from '../../api/generated/types.gen.ts';
import { VerifyView } from './verify-view.tsx';

const asked = { reportId: 'rep_01ABC', reportVersion: 3, proof: { code: 'ABCD-EFGH-JKMN-PQRS' } };
const sealedAt = '2026-11-22T09:00:00+08:00';

const story = (id: string, result: ReportVerification | null, error: unknown = null): Story => ({
  id: `verify/${id}`,
  render: () => <VerifyView asked={asked} result={result} busy={false} error={error} onCheck={() => undefined} />,
});

export const stories: readonly Story[] = [
  story('empty', null),
  story('valid', { result: 'valid', sealedAt, signed: true, supersededBy: null }),
  story('superseded', {
    result: 'valid',
    sealedAt,
    signed: true,
    supersededBy: { reportId: 'rep_02', reportVersion: 4 },
  }),
  story('not-valid', { result: 'not-valid' }),
  story('failed', null, new TypeError('failed to fetch')),
];
