import { describe, expect, it } from '@jest/globals';
import { reportBodySchema, type CoverageLine, type ReportBody } from '#contracts';
import {
  account,
  byNameOnly,
  found,
  line,
  mergeInput,
  minute,
  noAnswer,
  nothing,
  notAskedLine,
  realEstate,
  vehicle,
  yuan,
} from './made-up-answers.spec.ts';
import { wordsOfLine } from './line-words.ts';
import { mergeReport } from './merge.ts';
import type { MergeInput } from './merge-input.ts';

const merge = (changes: Partial<MergeInput>): ReportBody => mergeReport(mergeInput(changes));
const onlyLine = (report: ReportBody): CoverageLine => report.coverage.lines[0]!;
const agencyId = 'bank.a';
const one = [line(agencyId)];

describe('a report', () => {
  it('has the shape of the contracts', () => {
    const report = merge({
      plan: [line('bank.a'), line('bank.b'), line('bank.c'), notAskedLine('bank.d'), line('bank.e')],
      answers: [
        found({ agencyId: 'bank.a' }, [account(), realEstate(), vehicle(), account({ ...byNameOnly })]),
        nothing({ agencyId: 'bank.b' }),
        noAnswer({ agencyId: 'bank.c' }, 'returned', {
          reasonText: '文书不清晰',
          contactName: '李四',
          contactPhone: '010-00000000',
        }),
      ],
      acknowledged: new Map([['bank.e', minute(2)]]),
    });
    expect(reportBodySchema.parse(report)).toEqual(report);
    expect(report.coverage.counts).toEqual({
      ...{ asked: 4, answered: 2, found: 1, nothing: 1, noAnswer: 2, notAsked: 1, incomplete: 0, weak: 0 },
    });
    expect(report.status).toBe('partial');
  });

  it('is dated by its newest event, whatever was heard since in vain', () => {
    const answers = [
      nothing({ agencyId, receivedAt: minute(5) }),
      noAnswer({ agencyId, receivedAt: minute(9) }, 'timed-out'),
    ];
    expect(merge({ plan: one }).stateAt).toBe(minute(0));
    expect(merge({ plan: one, answers }).stateAt).toBe(minute(5));
    expect(merge({ plan: one, answers, acknowledged: new Map([[agencyId, minute(7)]]) }).stateAt).toBe(minute(7));
    expect(merge({ plan: one, answers, closedAt: minute(600) }).stateAt).toBe(minute(600));
  });

  it('is running, partial, complete or closed-incomplete', () => {
    const plan = [line('bank.a'), line('bank.b')];
    const [a, b] = [nothing({ agencyId: 'bank.a' }), nothing({ agencyId: 'bank.b' })];
    expect(merge({ plan }).status).toBe('running');
    expect(merge({ plan, answers: [a] }).status).toBe('partial');
    expect(merge({ plan, answers: [a], closedAt: minute(600) }).status).toBe('closed-incomplete');
    expect(merge({ plan, answers: [a, b], closedAt: minute(600) }).status).toBe('complete');
  });

  it('lists lines by category, agency and request number', () => {
    const plan = [
      line('vehicle.a', { category: 'vehicle' }),
      line('bank.b'),
      line('bank.a'),
      line('land.a', { category: 'real-estate' }),
    ];
    const ids = merge({ plan }).coverage.lines.map((each) => each.agencyId);
    expect(ids).toEqual(['bank.a', 'bank.b', 'land.a', 'vehicle.a']);
  });

  it('lists assets by kind, agency, key and id', () => {
    const report = merge({
      plan: [line('bank.b'), line('bank.a')],
      answers: [
        found({ agencyId: 'bank.b' }, [vehicle(), account({ accountNumber: '1' })]),
        found({ agencyId: 'bank.a' }, [account({ currency: null }), account({ accountNumber: '3' })]),
      ],
    });
    expect(report.assets.map(({ assetId }) => assetId)).toEqual([
      'ast_bank-a-2',
      'ast_bank-a-1',
      'ast_bank-b-2',
      'ast_bank-b-1',
    ]);
  });

  it('lists assets without a key by id, code point by code point', () => {
    const assets = Array.from({ length: 11 }, () => account({ currency: null }));
    const ids = merge({ plan: one, answers: [found({ agencyId }, assets)] }).assets.map(({ assetId }) => assetId);
    expect(ids.slice(0, 4)).toEqual(['ast_bank-a-1', 'ast_bank-a-10', 'ast_bank-a-11', 'ast_bank-a-2']);
  });
});

describe('R1: an incomplete answer', () => {
  it('proves presence', () => {
    const report = merge({ plan: one, answers: [found({ agencyId }, [account()], { complete: false })] });
    expect(onlyLine(report)).toMatchObject({ verdict: 'found', complete: false, assetCount: 1 });
    expect(report.coverage.isFull).toBe(false);
    expect(report.summary.totalsByCurrency[0]?.atLeast).toBe(true);
  });

  it('never proves absence, not even when it says nothing', () => {
    const sections = [{ name: 'accounts', verdict: 'no-answer', reason: 'unavailable' }] as const;
    const report = merge({ plan: one, answers: [nothing({ agencyId }, { sections: [...sections] })] });
    expect(onlyLine(report)).toMatchObject({ verdict: 'no-answer', reason: 'incomplete', assetCount: null });
  });
});

describe('R2: nothing', () => {
  it('is what the agency said, with its proof', () => {
    const { coverage } = merge({ plan: one, answers: [nothing({ agencyId })] });
    expect(coverage.lines[0]).toMatchObject({
      verdict: 'nothing',
      reason: null,
      complete: true,
      identityMatched: true,
      provesAbsence: true,
      assetCount: 0,
      answerId: 'ans_bank-a',
      answeredAt: minute(5),
      asOf: minute(4),
    });
    expect(coverage.establishesAbsence).toBe(true);
  });

  it.each(['timed-out', 'unavailable', 'unintelligible', 'incomplete', 'refused', 'cancelled'] as const)(
    'is never made of %s',
    (reason) => {
      const report = merge({ plan: one, answers: [noAnswer({ agencyId }, reason)], closedAt: minute(900) });
      expect(onlyLine(report)).toMatchObject({ verdict: 'no-answer', reason, assetCount: null, dropped: null });
    },
  );

  it('is never made of silence', () => {
    const report = merge({ plan: one, closedAt: minute(900) });
    expect(onlyLine(report)).toMatchObject({ verdict: 'no-answer', reason: 'overdue', answerId: null });
  });

  it('is never made of a later part that is empty', () => {
    const report = merge({ plan: one, answers: [nothing({ agencyId }, { part: 'transactions' })] });
    expect(onlyLine(report)).toMatchObject({ verdict: 'no-answer', reason: 'pending' });
  });

  it('is never said by another inquiry', () => {
    const report = merge({ plan: one, answers: [nothing({ agencyId, inquiryId: 'inq_02' })] });
    expect(onlyLine(report)).toMatchObject({ verdict: 'no-answer', reason: 'pending' });
  });

  it('stays nothing, is flagged and proves no absence when the agency says so to everybody', () => {
    const report = merge({ plan: one, answers: [nothing({ agencyId, suspicion: 'all-nothing' })] });
    expect(onlyLine(report)).toMatchObject({ verdict: 'nothing', suspicious: 'all-nothing', provesAbsence: false });
    expect(report.coverage).toMatchObject({ establishesAbsence: false, counts: { nothing: 1, weak: 1 } });
    expect(wordsOfLine(onlyLine(report)).zh).toContain('可疑：全部无财产');
    expect(wordsOfLine(onlyLine(report)).en).toContain('suspicious: nothing to everybody');
  });

  it('proves no absence when it is simulated, unreliable, or asked without a strong key', () => {
    const weak = [
      merge({ plan: one, answers: [nothing({ agencyId, simulated: true })] }),
      merge({ plan: [line(agencyId, { nothingIsReliable: false })], answers: [nothing({ agencyId })] }),
      merge({ plan: one, answers: [nothing({ agencyId, matchKeysSent: ['name', 'id15'] })] }),
    ];
    for (const { coverage, summary } of weak) {
      expect(coverage.lines[0]).toMatchObject({ verdict: 'nothing', provesAbsence: false });
      expect(coverage).toMatchObject({ isFull: true, establishesAbsence: false });
      expect(summary.sentence.code).toBe('nothing-weak');
    }
  });
});

describe('R4: a category', () => {
  it('is empty only by its own lines', () => {
    const inVehicles = { category: 'vehicle' } as const;
    const plan = [
      line('bank.a'),
      line('bank.b'),
      line('vehicle.a', inVehicles),
      notAskedLine('land.a', { category: 'real-estate' }),
    ];
    const answers = [nothing({ agencyId: 'bank.a' }), nothing({ agencyId: 'vehicle.a' })];
    const { byCategory } = merge({ plan, answers }).coverage;
    expect(byCategory.bank?.verdict).toBe('no-answer');
    expect(byCategory.vehicle?.verdict).toBe('nothing');
    expect(byCategory['real-estate']?.verdict).toBe('not-asked');
  });
});

describe('R9: a simulated answer', () => {
  it('marks its line and the report', () => {
    const report = merge({ plan: one, answers: [found({ agencyId, simulated: true }, [account()])] });
    expect(report.simulated).toBe(true);
    expect(onlyLine(report).simulated).toBe(true);
    expect(report.summary.coverageRules).toEqual([
      { ruleId: 'tp-02-network-query', result: 'unknown', evidence: ['simulated'] },
    ]);
  });
});

describe('R13: a contradicting answer', () => {
  const before = found({ agencyId, answerId: 'ans_1' }, [account({ balance: yuan('1.00') })]);

  it('replaces the earlier one and leaves a warning', () => {
    const after = found({ agencyId, answerId: 'ans_2', receivedAt: minute(9) }, [account({ balance: yuan('2.00') })]);
    const { assets } = merge({ plan: one, answers: [after, before] });
    expect(assets).toHaveLength(1);
    expect(assets[0]).toMatchObject({
      assetId: 'ast_1-1',
      balance: yuan('2.00'),
      warnings: [{ code: 'contradicting-answer' }],
    });
  });

  it('that takes back a finding says nothing, but does not prove absence', () => {
    const after = nothing({ agencyId, answerId: 'ans_2', receivedAt: minute(9) });
    const report = merge({ plan: one, answers: [after, before] });
    expect(onlyLine(report)).toMatchObject({ verdict: 'nothing', provesAbsence: false });
    expect(report.summary.sentence.code).toBe('nothing-weak');
  });
});

describe('R14: the same answer again', () => {
  it('changes nothing, not even the moment of the report', () => {
    const first = found({ agencyId, answerId: 'ans_1' }, [account()]);
    const again = { ...first, answerId: 'ans_2', receivedAt: minute(30) };
    const report = merge({ plan: one, answers: [again, first] });
    expect(report).toEqual(merge({ plan: one, answers: [first] }));
    expect(report.assets[0]?.warnings).toEqual([]);
  });
});

describe('an error after an answer', () => {
  it.each([nothing({ agencyId }), found({ agencyId }, [account()])])('does not overwrite it', (answer) => {
    const late = noAnswer({ agencyId, answerId: 'ans_9', receivedAt: minute(50), attempt: 2 }, 'timed-out');
    const report = merge({ plan: one, answers: [late, answer] });
    expect(report).toEqual(merge({ plan: one, answers: [answer] }));
  });
});

describe('M1: name-only matches', () => {
  const candidate = account({ ...byNameOnly });

  it('leave a line that has nothing else unanswered', () => {
    const report = merge({ plan: one, answers: [found({ agencyId }, [candidate, candidate])] });
    expect(onlyLine(report)).toMatchObject({
      verdict: 'no-answer',
      reason: 'ambiguous',
      candidateCount: 2,
      assetCount: null,
    });
    expect(report.assets.map(({ match }) => match.reviewState)).toEqual(['pending', 'pending']);
    expect(report.coverage.isFull).toBe(false);
  });

  it('are listed, never merged, never counted and never added up', () => {
    const report = merge({
      plan: [line('bank.a'), line('bank.b')],
      answers: [found({ agencyId: 'bank.a' }, [account(), candidate]), found({ agencyId: 'bank.b' }, [candidate])],
    });
    expect(report.assets).toHaveLength(3);
    expect(report.coverage.lines[0]).toMatchObject({ verdict: 'found', assetCount: 1, candidateCount: 1 });
    expect(report.summary).toMatchObject({
      totalsByCurrency: [{ balance: '12500.00' }],
      countsByKind: { 'deposit-account': 1 },
      duplicatesMerged: 0,
      possibleDuplicates: 0,
      assetsNeedingReview: 2,
    });
  });
});

describe('a later part with transactions', () => {
  const transaction = {
    ...({
      sequence: '1',
      kind: null,
      direction: 'in',
      currency: 'CNY',
      amount: yuan('5.00'),
      at: '2026-02-01',
    } as const),
    ...{ serial: null, counterpartyName: null, counterpartyAccountMasked: null, counterpartyBank: null },
    ...{ counterpartyBankCode: null, counterpartyIdType: null, counterpartyIdMasked: null, remark: null },
  };
  const main = found({ agencyId, answerId: 'ans_1' }, [account()]);
  const part = found(
    { agencyId, answerId: 'ans_2', receivedAt: minute(60) },
    [account({ balance: null, availableBalance: null, transactions: [transaction] })],
    { part: 'transactions', asOf: minute(59), sections: [{ name: 'transactions', verdict: 'found', reason: null }] },
  );

  it('extends the answer without taking its place', () => {
    const report = merge({ plan: one, answers: [part, main] });
    expect(report.assets).toHaveLength(1);
    expect(report.assets[0]).toMatchObject({
      balance: yuan('12500.00'),
      transactions: [transaction],
      assetId: 'ast_1-1',
    });
    expect(report.assets[0]?.provenance).toMatchObject({
      answerId: 'ans_1',
      mergedFrom: [{ answerId: 'ans_1' }, { answerId: 'ans_2' }],
    });
    expect(report.summary.duplicatesMerged).toBe(0);
    expect(onlyLine(report)).toMatchObject({ answerId: 'ans_1', assetCount: 1, complete: true });
    expect(report.stateAt).toBe(minute(60));
  });

  it('proves presence before the answer itself is there, but no completeness', () => {
    const report = merge({ plan: one, answers: [part] });
    expect(onlyLine(report)).toMatchObject({ verdict: 'found', complete: false });
  });
});
