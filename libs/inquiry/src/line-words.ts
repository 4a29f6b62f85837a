import type { CoverageLine, NotAskedCause, Reason } from '#contracts';
import { chinaTime, compareWhen, msOf } from './moments.ts';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/**
 * What an officer reads in the row of a coverage line (domain.md §5.4). A value that is missing drops its bracket.
 *
 * @param at the moment of reading: decides between 尚未反馈 and 未反馈 and how late an answer is. Without it the state of
 *   the report decides, and lateness is left out.
 */
export function wordsOfLine(line: CoverageLine, at: string | null = null): Words {
  switch (line.verdict) {
    case 'found':
      return foundWords(line);
    case 'nothing':
      return nothingWords(line);
    case 'not-asked':
      return notAskedWords[line.notAskedCause ?? 'not-connected'];
    case 'no-answer':
      return noAnswerWords(line, at);
  }
}

function foundWords(line: CoverageLine): Words {
  const { assetCount, candidateCount, complete } = line;
  const late = latenessOf(line);
  const zh = [`${assetCount ?? 0} 项`, candidateCount > 0 ? `另有仅姓名相符 ${candidateCount} 条` : ''];
  const en = [`${assetCount ?? 0} found`, candidateCount > 0 ? `${candidateCount} more by name only` : ''];
  return {
    zh: `查有财产：${joined(zh, '，')}${complete === true ? '' : '（反馈不完整）'}${late.zh}`,
    en: `Assets: ${joined(en, ', ')}${complete === true ? '' : ' (incomplete answer)'}${late.en}`,
  };
}

function nothingWords(line: CoverageLine): Words {
  const late = latenessOf(line);
  if (line.suspicious === 'all-nothing') {
    return {
      zh: `已反馈：无财产（可疑：全部无财产，不足以认定无财产）${late.zh}`,
      en: `Answered: nothing (suspicious: nothing to everybody; does not establish absence)${late.en}`,
    };
  }
  return {
    zh: `已反馈：无财产${line.provesAbsence ? '' : '（不足以认定无财产）'}${late.zh}`,
    en: `Answered: nothing${line.provesAbsence ? '' : ' (does not establish absence)'}${late.en}`,
  };
}

/** Behind an answer that came after its due time: it is an answer, and it was late. */
function latenessOf({ slaBreached, answeredAt, dueAt }: CoverageLine): Words {
  if (!slaBreached) return { zh: '', en: '' };
  const late = answeredAt === null || dueAt === null ? null : duration(msOf(answeredAt) - msOf(dueAt));
  return { zh: fill`（逾期反馈${bracket`，迟 ${late?.zh}`}）`, en: fill` (answered late${bracket`, by ${late?.en}`})` };
}

const notAskedWords = {
  'out-of-scope': { zh: '未查询：不在本次查询范围', en: 'Not asked: not selected' },
  'not-connected': { zh: '未查询：机构尚未接入', en: 'Not asked: no connection to this agency' },
  'not-entitled': { zh: '未查询：无权向该机构查询', en: 'Not asked: no right to ask this agency' },
  'not-in-index': { zh: '未查询：账户索引未列该机构', en: 'Not asked: the index names no account there' },
} satisfies Record<NotAskedCause, Words>;

function noAnswerWords(line: CoverageLine, at: string | null): Words {
  const isDue = at === null || line.dueAt === null ? line.slaBreached : compareWhen(at, line.dueAt) >= 0;
  const reason = line.reason ?? 'pending';
  const words = reasonWords[reason === 'pending' && isDue && at !== null ? 'overdue' : reason](line, at);
  return isDue
    ? { zh: `未反馈：${words.zh}`, en: `No answer: ${words.en}` }
    : { zh: `尚未反馈：${words.zh}`, en: `Not answered yet: ${words.en}` };
}

const stageWords = {
  queued: () => ({ zh: '排队中，尚未发出', en: 'Waiting to be sent' }),
  held: () => ({ zh: '通道暂停，恢复后自动发出', en: 'Channel on hold; sent as soon as it resumes' }),
  sent: () => ({ zh: '已送出，待机构接收', en: 'Delivered; not yet picked up by the agency' }),
  acknowledged: ({ typicalMs, dueAt }: CoverageLine) => {
    const [typical, due] = [duration(typicalMs), time(dueAt)];
    return {
      zh: fill`机构已接收，待反馈${bracket`（通常 ${typical?.zh} 内，应于 ${due} 前）`}`,
      en: fill`Received by the agency${bracket` (usually within ${typical?.en}, due ${due})`}`,
    };
  },
} satisfies Record<NonNullable<CoverageLine['stage']>, (line: CoverageLine) => Words>;

const reasonWords = {
  pending: (line) => stageWords[line.stage ?? 'queued'](line),
  overdue: ({ dueAt }, at) => {
    const late = at === null || dueAt === null ? null : duration(msOf(at) - msOf(dueAt));
    const due = time(dueAt);
    return {
      zh: fill`逾期${bracket`（应于 ${due} 前反馈${bracket`，已逾 ${late?.zh}`}）`}；迟到反馈将形成新版报告`,
      en: fill`Overdue${bracket` since ${due}`}; a late answer will make a new version`,
    };
  },
  'timed-out': (line) => ({
    zh: fill`连接超时${triesZh(line)}`,
    en: fill`No reply in time${triesEn(line)}`,
  }),
  'breaker-open': ({ breakerOpenSince, nextAttemptAt }) => {
    const [since, next] = [time(breakerOpenSince), time(nextAttemptAt)];
    return {
      zh: fill`机构系统连续故障，${bracket`${since} 起`}已熔断${bracket`，${next} 自动再查`}`,
      en: fill`Paused${bracket` since ${since}`} after repeated failures${bracket`; asked again ${next}`}`,
    };
  },
  unavailable: (line) => ({
    zh: fill`机构系统不可用${triesZh(line)}`,
    en: fill`Agency's system is not available${triesEn(line)}`,
  }),
  throttled: ({ nextAttemptAt }) => ({
    zh: fill`机构限流${bracket`，${time(nextAttemptAt)} 自动再查`}`,
    en: fill`The agency limits our pace${bracket`; asked again ${time(nextAttemptAt)}`}`,
  }),
  unauthorized: () => ({
    zh: '接入凭据未被接受，已通知运维',
    en: 'Our access is not accepted; operators have been told',
  }),
  refused: ({ reasonText }) => ({
    zh: fill`机构不予反馈${bracket`：${reasonText}`}`,
    en: fill`The agency declined${bracket`: ${reasonText}`}`,
  }),
  returned: ({ reasonText, contactName, contactPhone }) => ({
    zh: fill`机构退回${bracket`：${reasonText}`}${bracket`（联系人 ${contactName} ${contactPhone}）`}`,
    en: fill`Sent back by the agency${bracket`: ${reasonText}`}${bracket` (contact ${contactName} ${contactPhone})`}`,
  }),
  objected: ({ reasonText, decideBy }) => ({
    zh: fill`机构书面异议${bracket`：${reasonText}`}${bracket`；应于 ${decideBy} 前作出决定`}`,
    en: fill`Written objection${bracket`: ${reasonText}`}${bracket`; decide by ${decideBy}`}`,
  }),
  'clarification-needed': ({ reasonText, contactName, contactPhone }) => ({
    zh: fill`机构需先核实${bracket`：${reasonText}`}${bracket`，请联系 ${contactName} ${contactPhone}`}`,
    en: fill`The agency needs clarification${bracket`: ${reasonText}`}${bracket`; call ${contactName} ${contactPhone}`}`,
  }),
  ambiguous: ({ candidateCount: candidates }) =>
    candidates > 0
      ? {
          zh: `仅姓名相符 ${candidates} 条，待两人核实`,
          en: `${candidates} name-only ${candidates === 1 ? 'match awaits' : 'matches await'} confirmation by two persons`,
        }
      : {
          zh: '身份不唯一：符合条件的不止一人，请补充证件号码',
          en: 'Several persons match; add a stronger identifier',
        },
  'identity-mismatch': ({ reasonCode, reasonText }) =>
    reasonCode === 'lossy-encoding'
      ? {
          zh: fill`姓名含该通道无法传送的字${bracket`（${reasonText}）`}，未发出`,
          en: fill`The name holds a character this channel cannot carry${bracket` (${reasonText})`}; not sent`,
        }
      : { zh: '姓名与证件号码不一致，未采信', en: 'Name and number do not agree; not accepted' },
  incomplete: () => ({
    zh: '反馈不完整，已收到的部分未见财产',
    en: 'Incomplete answer; nothing in the part received',
  }),
  unintelligible: () => ({
    zh: '反馈无法识别，已转接入人员处理',
    en: 'The answer cannot be read; passed to the adapter developers',
  }),
  'outside-hours': ({ nextAttemptAt }) => ({
    zh: fill`机构非服务时间${bracket`，${time(nextAttemptAt)} 自动查询`}`,
    en: fill`The agency is closed${bracket`; asked ${time(nextAttemptAt)}`}`,
  }),
  cancelled: ({ cancelledBy, cancelledAt }) => ({
    zh: fill`已撤回${bracket`（${cancelledBy}，${time(cancelledAt)}）`}`,
    en: fill`Withdrawn${bracket` (${cancelledBy}, ${time(cancelledAt)})`}`,
  }),
} satisfies Record<Reason, (line: CoverageLine, at: string | null) => Words>;

const triesZh = ({ attempts, maxAttempts, nextAttemptAt }: CoverageLine): string =>
  bracket`（第 ${attempts}/${maxAttempts} 次，下次 ${time(nextAttemptAt)}）`;
const triesEn = ({ attempts, maxAttempts, nextAttemptAt }: CoverageLine): string =>
  bracket` (attempt ${attempts} of ${maxAttempts}, next ${time(nextAttemptAt)})`;

type Value = string | number | null | undefined;

/** A part of a text that is left out when one of its values is missing. */
const bracket = (texts: TemplateStringsArray, ...values: readonly Value[]): string =>
  values.some((value) => value === null || value === undefined) ? '' : fill(texts, ...values);

const fill = (texts: TemplateStringsArray, ...values: readonly Value[]): string =>
  texts.map((text, at) => `${text}${values[at] ?? ''}`).join('');

const joined = (parts: readonly string[], separator: string): string =>
  parts.filter((part) => part !== '').join(separator);

const time = (instant: string | null): string | null => (instant === null ? null : chinaTime(instant));

const units = [
  { ms: 86_400_000, zh: '天', en: 'day' },
  { ms: 3_600_000, zh: '小时', en: 'hour' },
  { ms: 60_000, zh: '分钟', en: 'minute' },
  { ms: 1_000, zh: '秒', en: 'second' },
] as const;

/** A length of time in its largest fitting unit, rounded up. */
function duration(ms: number | null): Words | null {
  if (ms === null || ms < 0) return null;
  const unit = units.find((each) => ms >= each.ms) ?? units[3];
  const count = Math.max(1, Math.ceil(ms / unit.ms));
  return { zh: `${count} ${unit.zh}`, en: `${count} ${unit.en}${count === 1 ? '' : 's'}` };
}
