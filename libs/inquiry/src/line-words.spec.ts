import { describe, expect, it } from '@jest/globals';
import { reasons, type CoverageLine } from '#contracts';
import { wordsOfLine } from './line-words.ts';
import { line, mergeInput, minute } from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';

const waiting = mergeReport(mergeInput({ plan: [line('bank.a', { dueAt: minute(60) })] })).coverage.lines[0]!;
const said = (changes: Partial<CoverageLine>, at: string | null = null) => wordsOfLine({ ...waiting, ...changes }, at);
const zh = (changes: Partial<CoverageLine>, at: string | null = null): string => said(changes, at).zh;

describe('the words of a line', () => {
  it('begin with 尚未反馈 before the due time and with 未反馈 after it, for every reason', () => {
    for (const reason of reasons) {
      expect(zh({ reason })).toMatch(/^尚未反馈：/);
      expect(zh({ reason, slaBreached: true })).toMatch(/^未反馈：/);
      expect(zh({ reason }, minute(59))).toMatch(/^尚未反馈：/);
      expect(zh({ reason }, minute(60))).toMatch(/^未反馈：/);
      expect(said({ reason }).en).toMatch(/^Not answered yet: /);
      expect(said({ reason }, minute(60)).en).toMatch(/^No answer: /);
    }
  });

  it.each<[Partial<CoverageLine>, string, string]>([
    [{ stage: 'queued' }, '排队中，尚未发出', 'Waiting to be sent'],
    [{ stage: 'held' }, '通道暂停，恢复后自动发出', 'Channel on hold; sent as soon as it resumes'],
    [{ stage: 'sent' }, '已送出，待机构接收', 'Delivered; not yet picked up by the agency'],
    [
      { stage: 'acknowledged', typicalMs: 1_200_000 },
      '机构已接收，待反馈（通常 20 分钟 内，应于 2026-03-01 11:00 前）',
      'Received by the agency (usually within 20 minutes, due 2026-03-01 11:00)',
    ],
    [{ stage: 'acknowledged' }, '机构已接收，待反馈', 'Received by the agency'],
    [
      { reason: 'timed-out', attempts: 2, nextAttemptAt: '2026-03-01T10:05:30+08:00' },
      '连接超时（第 2/4 次，下次 2026-03-01 10:05:30）',
      'No reply in time (attempt 2 of 4, next 2026-03-01 10:05:30)',
    ],
    [{ reason: 'timed-out', attempts: 4 }, '连接超时', 'No reply in time'],
    [
      { reason: 'breaker-open', breakerOpenSince: minute(3), nextAttemptAt: minute(9) },
      '机构系统连续故障，2026-03-01 10:03 起已熔断，2026-03-01 10:09 自动再查',
      'Paused since 2026-03-01 10:03 after repeated failures; asked again 2026-03-01 10:09',
    ],
    [{ reason: 'breaker-open' }, '机构系统连续故障，已熔断', 'Paused after repeated failures'],
    [{ reason: 'throttled' }, '机构限流', 'The agency limits our pace'],
    [{ reason: 'refused', reasonText: '无权限' }, '机构不予反馈：无权限', 'The agency declined: 无权限'],
    [
      { reason: 'returned', reasonText: '文书不清晰', contactName: '李四', contactPhone: '010-00000000' },
      '机构退回：文书不清晰（联系人 李四 010-00000000）',
      'Sent back by the agency: 文书不清晰 (contact 李四 010-00000000)',
    ],
    [
      { reason: 'returned', reasonText: '文书不清晰', contactName: '李四' },
      '机构退回：文书不清晰',
      'Sent back by the agency: 文书不清晰',
    ],
    [
      { reason: 'objected', decideBy: '2026-03-16' },
      '机构书面异议；应于 2026-03-16 前作出决定',
      'Written objection; decide by 2026-03-16',
    ],
    [
      { reason: 'ambiguous', candidateCount: 2 },
      '仅姓名相符 2 条，待两人核实',
      '2 name-only matches await confirmation by two persons',
    ],
    [
      { reason: 'identity-mismatch', reasonCode: 'lossy-encoding', reasonText: '𠮷' },
      '姓名含该通道无法传送的字（𠮷），未发出',
      'The name holds a character this channel cannot carry (𠮷); not sent',
    ],
    [
      { reason: 'cancelled', cancelledBy: 'usr_02', cancelledAt: minute(20) },
      '已撤回（usr_02，2026-03-01 10:20）',
      'Withdrawn (usr_02, 2026-03-01 10:20)',
    ],
  ])('are those of domain.md §5.4: %j', (changes, textZh, textEn) => {
    expect(said(changes)).toEqual({ zh: `尚未反馈：${textZh}`, en: `Not answered yet: ${textEn}` });
  });

  it('count how late an overdue answer is when the moment of reading is given', () => {
    const overdue = { reason: 'overdue', stage: null, slaBreached: true } as const;
    expect(zh(overdue)).toBe('未反馈：逾期（应于 2026-03-01 11:00 前反馈）；迟到反馈将形成新版报告');
    expect(zh(overdue, minute(240))).toBe(
      '未反馈：逾期（应于 2026-03-01 11:00 前反馈，已逾 3 小时）；迟到反馈将形成新版报告',
    );
    expect(said(overdue).en).toBe('No answer: Overdue since 2026-03-01 11:00; a late answer will make a new version');
  });

  it('call a waiting line overdue when it is read after its due time', () => {
    expect(zh({ stage: 'acknowledged' }, minute(61))).toContain('逾期');
  });

  it('tell a finding from an incomplete one', () => {
    const found = { verdict: 'found', reason: null, stage: null, assetCount: 3, complete: true } as const;
    expect(said(found)).toEqual({ zh: '查有财产：3 项', en: 'Assets: 3 found' });
    expect(zh({ ...found, complete: false, candidateCount: 1 })).toBe(
      '查有财产：3 项，另有仅姓名相符 1 条（反馈不完整）',
    );
  });

  it('tell proved absence from a weak one', () => {
    const nothing = { verdict: 'nothing', reason: null, stage: null, provesAbsence: true } as const;
    expect(said(nothing)).toEqual({ zh: '已反馈：无财产', en: 'Answered: nothing' });
    expect(zh({ ...nothing, provesAbsence: false })).toBe('已反馈：无财产（不足以认定无财产）');
  });

  it('give the cause of what was not asked', () => {
    expect(zh({ verdict: 'not-asked', notAskedCause: 'not-connected' })).toBe('未查询：机构尚未接入');
  });
});

describe('an answer after its due time', () => {
  const late = {
    slaBreached: true,
    dueAt: '2026-03-01T20:00:00+08:00',
    answeredAt: '2026-03-01T22:00:00+08:00',
  } as const;

  it.each<[string, Partial<CoverageLine>, string, string]>([
    [
      'found',
      { ...late, verdict: 'found', assetCount: 1, candidateCount: 0, complete: true },
      '查有财产：1 项（逾期反馈，迟 2 小时）',
      'Assets: 1 found (answered late, by 2 hours)',
    ],
    [
      'nothing',
      { ...late, verdict: 'nothing', provesAbsence: true },
      '已反馈：无财产（逾期反馈，迟 2 小时）',
      'Answered: nothing (answered late, by 2 hours)',
    ],
    [
      'an unknown due time',
      { ...late, verdict: 'nothing', provesAbsence: true, dueAt: null },
      '已反馈：无财产（逾期反馈）',
      'Answered: nothing (answered late)',
    ],
  ])('says so: %s', (...[, line, zh, en]) => {
    expect(said(line)).toEqual({ zh, en });
  });
});
