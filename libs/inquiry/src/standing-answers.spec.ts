import { describe, expect, it } from '@jest/globals';
import { account, found, line, mergeInput, minute, noAnswer, nothing, notAskedLine } from './made-up-answers.spec.ts';
import { contradictionsIn, standingAnswers } from './standing-answers.ts';

const agencyId = 'bank.a';
const first = found({ agencyId, answerId: 'ans_1' }, [account()]);
const second = nothing({ agencyId, answerId: 'ans_2', receivedAt: minute(9) });

describe('standing answers', () => {
  it('are none for who was not asked, and none from another inquiry', () => {
    const answers = [
      nothing({ agencyId: 'bank.b' }),
      nothing({ agencyId: 'bank.unknown' }),
      nothing({ agencyId, inquiryId: 'inq_02' }),
    ];
    const standing = standingAnswers(mergeInput({ plan: [line(agencyId), notAskedLine('bank.b')], answers }));
    expect([...standing]).toEqual([
      [agencyId, { main: null, transactions: null, noAnswer: null, replaced: [], contradicted: false }],
    ]);
  });

  it('are the newest content, once', () => {
    const again = { ...second, answerId: 'ans_3', receivedAt: minute(50) };
    const standing = standingAnswers(mergeInput({ plan: [line(agencyId)], answers: [again, second, first] })).get(
      agencyId,
    );
    expect(standing).toMatchObject({ main: second, replaced: [first], contradicted: true });
  });

  it('are what was said last, also when that was said before something else', () => {
    const back = { ...first, answerId: 'ans_3', receivedAt: minute(50) };
    const repeated = { ...first, answerId: 'ans_4', receivedAt: minute(55) };
    for (const answers of [
      [first, second, back, repeated],
      [repeated, back, second, first],
    ]) {
      const standing = standingAnswers(mergeInput({ plan: [line(agencyId)], answers })).get(agencyId);
      expect(standing).toMatchObject({ main: back, replaced: [first, second], contradicted: true });
    }
  });

  it('do not contradict each other when the later one only completes the first part', () => {
    const part = { ...first, complete: false };
    const whole = { ...first, answerId: 'ans_2', receivedAt: minute(9), contentHash: second.contentHash };
    const heard = (answers: (typeof first | typeof second)[]) =>
      standingAnswers(mergeInput({ plan: [line(agencyId)], answers })).get(agencyId);
    expect(heard([part, whole])).toMatchObject({ main: whole, contradicted: false });
    expect(heard([part, second])).toMatchObject({ main: second, contradicted: true }); // found in part, then nothing
    expect(heard([first, { ...whole, complete: false }])).toMatchObject({ contradicted: true });
  });

  it('do not contradict each other under two request numbers', () => {
    const asked = { ...second, requestNumber: 'R-again' };
    const standing = standingAnswers(mergeInput({ plan: [line(agencyId)], answers: [asked, first] })).get(agencyId);
    expect(standing).toMatchObject({ main: asked, contradicted: false });
  });

  it('stay when the asking under a new number fails', () => {
    const lost = noAnswer(
      { agencyId, answerId: 'ans_9', requestNumber: 'R-again', receivedAt: minute(50) },
      'unavailable',
    );
    expect(standingAnswers(mergeInput({ plan: [line(agencyId)], answers: [lost, first] })).get(agencyId)?.main).toEqual(
      first,
    );
  });
});

describe('contradictions', () => {
  it('are named for the alarm, by ids', () => {
    expect(contradictionsIn(mergeInput({ plan: [line(agencyId)], answers: [second, first] }))).toEqual([
      { agencyId, requestNumber: 'R-bank.a', standingAnswerId: 'ans_2', replacedAnswerIds: ['ans_1'] },
    ]);
    expect(contradictionsIn(mergeInput({ plan: [line(agencyId)], answers: [first] }))).toEqual([]);
  });
});
