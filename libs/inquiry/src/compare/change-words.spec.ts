import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assetTransitions, type Answer, lineTransitions, reasons, type Report, signalCodes } from '#contracts';
import { account, found, hashOf, line, mergeInput, noAnswer, nothing, notAskedLine } from '../made-up-answers.spec.ts';
import { mergeReport } from '../merge.ts';
import { assetTransitionWords, lineTransitionWords, signalWords } from './change-words.ts';
import { compareReports } from './compare-reports.ts';

/** Words that say that something is not there, is gone, or is new. */
const absence = /无财产|不再反馈|已确认|仍无|nothing|no longer reported/;
const news = /新增|new asset/;

const agencies = ['bank.a', 'bank.b', 'bank.c'] as const;
const said = fc.constantFrom('found', 'incomplete', 'nothing', 'no-answer', 'not-asked');
const picture = fc.record({
  says: fc.tuple(said, said, said),
  reason: fc.constantFrom(
    ...reasons.filter((each) => each !== 'cancelled' && each !== 'pending' && each !== 'overdue'),
  ),
});

function reportOf({ says, reason }: { says: readonly string[]; reason: (typeof reasons)[number] }, no: number): Report {
  const plan = agencies.map((agencyId, at) => (says[at] === 'not-asked' ? notAskedLine(agencyId) : line(agencyId)));
  const answers = agencies.flatMap((agencyId, at): Answer[] => {
    if (says[at] === 'found') return [found({ agencyId }, [account({ accountNumber: `62220000000000000${at}` })])];
    if (says[at] === 'incomplete')
      return [found({ agencyId }, [account({ accountNumber: `62221111111111111${at}` })], { complete: false })];
    if (says[at] === 'nothing') return [nothing({ agencyId })];
    return says[at] === 'no-answer' ? [noAnswer({ agencyId }, reason)] : [];
  });
  const names = { reportId: `rep_0${no}`, reportVersion: no, supersedes: null, changes: null, signature: null };
  return { ...mergeReport(mergeInput({ plan, answers })), ...names, contentHash: hashOf(says) };
}

describe('the words of changes', () => {
  it('exist for every transition and every signal, in both languages', () => {
    for (const code of lineTransitions) expect(Object.values(lineTransitionWords[code]).every(Boolean)).toBe(true);
    for (const code of assetTransitions) expect(Object.values(assetTransitionWords[code]).every(Boolean)).toBe(true);
    for (const code of signalCodes) expect(signalWords[code].zh).toMatch(/？/);
  });

  it('never call what was not answered gone, confirmed, nothing or new', () => {
    fc.assert(
      fc.property(picture, picture, (before, after) => {
        const changes = compareReports(reportOf(before, 1), reportOf(after, 2));
        for (const { transition, before: was, after: is } of changes.lines) {
          const { zh, en } = lineTransitionWords[transition];
          if (is === 'no-answer') expect(`${zh} ${en}`).not.toMatch(absence);
          if (was !== 'nothing') expect(`${zh} ${en}`).not.toMatch(news);
        }
        const open = new Set(
          changes.lines.filter(({ after: is }) => is === 'no-answer').map(({ agencyId }) => agencyId),
        );
        const older = reportOf(before, 1);
        for (const { lastAssetId } of changes.removed) {
          const asset = older.assets.find(({ assetId }) => assetId === lastAssetId);
          expect(open.has(asset?.provenance.agencyId ?? '')).toBe(false);
        }
        for (const { transition } of changes.undecided)
          expect(`${assetTransitionWords[transition].zh}${assetTransitionWords[transition].en}`).not.toMatch(absence);
        if (open.size > 0) expect(changes.sentence.zh).toMatch(/家无法判断/);
      }),
      { numRuns: 200 },
    );
  });
});
