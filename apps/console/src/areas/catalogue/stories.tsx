import type { Story } from '../../app/story.ts';
import type { Agency } from '../../api/generated/types.gen.ts';
import { AgenciesView } from './agencies-view.tsx';

const agency: Agency = {
  ...{
    agencyId: 'bank.bailu',
    nameZh: '白鹭示例银行',
    nameEn: 'Egret Sample Bank',
    category: 'bank',
    region: null,
    connected: true,
  },
  ...{ channelId: 'bank-national', mode: 'mailbox', adapterId: 'bank-zdz', matchRule: null, delivers: ['balance'] },
  ...{
    legalPrerequisites: [{ zh: '协助查询存款通知书', en: 'Notice to assist' }],
    typicalMs: 900,
    promisedMs: 86_400_000,
  },
  ...{ paused: false, breaker: { state: 'closed', since: null }, lastPolledAt: null, simulated: true },
};

const agencies: readonly Agency[] = [
  agency,
  {
    ...agency,
    agencyId: 'bank.open',
    nameZh: '云杉示例银行',
    breaker: { state: 'open', since: '2026-11-22T10:00:00+08:00' },
  },
  {
    ...agency,
    agencyId: 'bank.far',
    nameZh: '雪莲示例银行',
    connected: false,
    channelId: null,
    mode: null,
    breaker: null,
    typicalMs: null,
    promisedMs: null,
  },
];

const readAt = Date.parse('2026-11-22T10:05:00+08:00');
const list = (id: string, listed: readonly Agency[], { isFiltered = false, ageMs = 0 } = {}): Story => ({
  id: `catalogue/agencies/${id}`,
  render: () => <AgenciesView agencies={listed} isFiltered={isFiltered} readAt={readAt} now={readAt + ageMs} />,
});

export const stories: readonly Story[] = [
  list('some', agencies),
  list('old', agencies, { ageMs: 301_000 }),
  list('none-fits', [], { isFiltered: true }),
  list('none', []),
];
