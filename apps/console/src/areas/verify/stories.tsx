import type { Story } from '../../app/story.ts';
import type { VersionVerification } from '../../api/generated/types.gen.ts';
import type { Looked } from './look-into.ts';
import { type Outcome, VerifyView } from './verify-view.tsx';

const hash = `sha256:${'0a1b2c3d'.repeat(8)}`;
const claim = { reportId: 'rep_1', reportVersion: 3, contentHash: hash, parts: [], isWhole: true };
const valid: VersionVerification = {
  ...{ result: 'valid', sealedAt: '2026-11-22T09:00:00+08:00', signed: true, supersededBy: null },
};

const one = (id: string, outcome: Outcome | null, more: { busy?: boolean; error?: unknown } = {}): Story => ({
  id: `verify/${id}`,
  render: () => (
    <VerifyView
      busy={more.busy ?? false}
      error={more.error ?? null}
      outcome={outcome}
      onAsk={() => undefined}
      onFile={() => undefined}
    />
  ),
});
const ended = (looked: Looked): Outcome => ({ looked, version: 0, answer: null });
const fits = (isWhole: boolean): Looked => ({ kind: 'fits', claim: { ...claim, isWhole } });

export const stories: readonly Story[] = [
  one('nothing-asked', null),
  one('checking', null, { busy: true }),
  one('unreachable', null, { error: new TypeError('Failed to fetch') }),
  one('content-proved', { looked: fits(true), version: 3, answer: valid }),
  one('later-version', {
    ...{ looked: null, version: 3 },
    answer: { ...valid, signed: false, supersededBy: { reportId: 'rep_2', reportVersion: 4 } },
  }),
  one('masked', { looked: fits(false), version: 3, answer: valid }),
  one('not-valid', { looked: null, version: 3, answer: { result: 'not-valid' } }),
  one('changed', ended({ kind: 'changed' })),
  one('paper', ended({ kind: 'paper', hash })),
  one('not-ours', ended({ kind: 'not-ours', hash })),
  one('no-hashing', ended({ kind: 'no-hashing' })),
  one('too-large', ended({ kind: 'too-large' })),
];
