import type { AssetTransition, ChangeCode, LineTransition, SignalCode } from '#contracts';
import type { Words } from '../line-words.ts';

/** What happened to a line between two reports, in words (report.md §11.1). */
export const lineTransitionWords: Readonly<Record<LineTransition, Words>> = {
  'compare-assets': { zh: '逐项比对', en: 'compared asset by asset' },
  'no-longer-reported': { zh: '原有财产不再反馈', en: 'no longer reported' },
  'cannot-tell': { zh: '无法判断（保留上次结果及日期）', en: 'cannot tell; last known kept, dated' },
  'no-longer-asked': { zh: '本次未查询（保留上次结果及日期）', en: 'not asked this time; last known kept, dated' },
  'new-asset': { zh: '新增财产', en: 'new asset' },
  'still-nothing': { zh: '不变：仍无财产', en: 'unchanged: still nothing' },
  'newly-established': {
    zh: '新查明（此前未反馈，可能早已存在）',
    en: 'newly established (it may have existed before)',
  },
  'now-confirmed-nothing': { zh: '现已确认无财产', en: 'now answered: nothing' },
  'still-no-answer': { zh: '仍未反馈', en: 'still no answer' },
  'found-after-widening': { zh: '扩大范围后查明', en: 'found after widening the scope' },
  'nothing-after-widening': { zh: '扩大范围，无财产', en: 'wider scope: nothing' },
  'no-answer-after-widening': { zh: '扩大范围，未反馈', en: 'wider scope: no answer' },
};

/** The same of an asset (report.md §11.2). */
export const assetTransitionWords: Readonly<Record<AssetTransition, Words>> = {
  unchanged: { zh: '未变', en: 'unchanged' },
  changed: { zh: '有变化', en: 'changed' },
  'new-asset': lineTransitionWords['new-asset'],
  'newly-established': lineTransitionWords['newly-established'],
  'found-after-widening': lineTransitionWords['found-after-widening'],
  'no-longer-reported': { zh: '不再反馈：可能转移，请核实', en: 'no longer reported: possibly moved, please verify' },
  'cannot-tell': lineTransitionWords['cannot-tell'],
  'no-longer-asked': lineTransitionWords['no-longer-asked'],
  'identity-confirmed': { zh: '经核实为被执行人财产', en: 'confirmed to be the debtor’s' },
  'identity-rejected': { zh: '经核实不是被执行人财产', en: 'found not to be the debtor’s' },
};

/** What happened to a field of an asset (report.md §11.3). */
export const changeWords: Readonly<Record<ChangeCode, Words>> = {
  'value-up': { zh: '增加', en: 'increased' },
  'value-down': { zh: '减少', en: 'decreased' },
  'value-established': { zh: '新提供（此前未提供，不视为增加）', en: 'now provided (not before; no increase)' },
  'value-not-given': { zh: '本次未提供', en: 'not provided this time' },
  'status-changed': { zh: '状态变化', en: 'status changed' },
  'share-changed': { zh: '权利份额变化', en: 'share changed' },
  'co-right-added': { zh: '新增共有权利', en: 'co-right added' },
  'co-right-removed': { zh: '共有权利不再登记', en: 'co-right no longer registered' },
  'details-changed': { zh: '登记信息变化', en: 'details changed' },
  'encumbrance-added': { zh: '新增负担', en: 'encumbrance added' },
  'encumbrance-established': { zh: '新查明负担', en: 'encumbrance newly established' },
  'encumbrance-removed': { zh: '负担解除', en: 'encumbrance removed' },
  'encumbrance-not-given': { zh: '负担本次未提供', en: 'encumbrance not provided this time' },
  'encumbrance-changed': { zh: '负担变化', en: 'encumbrance changed' },
  'moved-up': { zh: '轮候顺位提前', en: 'moved up in the waiting order' },
  'took-effect': { zh: '轮候转为正式', en: 'waiting measure took effect' },
  expiring: { zh: '即将到期', en: 'expires soon' },
  lapsed: { zh: '已到期', en: 'lapsed' },
};

/** Signals ask; they never conclude (report.md §11.4). */
export const signalWords: Readonly<Record<SignalCode, Words>> = {
  'possible-transfer': {
    zh: '以下财产不再反馈或者余额大幅减少，是否已被转移？请核实。',
    en: 'These assets are no longer reported, or fell sharply. Were they transferred? Please verify.',
  },
  'split-accounts': {
    zh: '多个账户余额均略低于小额标准且分布于不同机构，是否拆分存放？请核实。',
    en: 'Several accounts at different agencies lie just under the small-amount limit. Was money split? Please verify.',
  },
  'declared-but-gone': {
    zh: '申报过的财产未查到，是否已处分？请核实。',
    en: 'Declared, and not found. Was it disposed of?',
  },
  'found-but-not-declared': {
    zh: '查到的财产未申报，是否漏报？请核实。',
    en: 'Found, and not declared. Was it left out?',
  },
};
