import type { Changes } from '#contracts';
import { chinaDay } from '../moments.ts';
import type { Words } from '../line-words.ts';

export interface ChangeFigures {
  readonly previous: Changes['previousReport'];
  readonly added: number; // new assets
  readonly established: number; // known now, whenever they came to be
  readonly changed: number;
  readonly gone: number;
  readonly undecided: number; // agencies that cannot be compared
  readonly bothFull: boolean;
}

/** The one sentence about changes (report.md §11.5), from counts only; parts whose number is 0 are left out. */
export function changesSentence(figures: ChangeFigures): Words {
  const { previous, added, established, changed, gone, undecided, bothFull } = figures;
  const { reportVersion: version, stateAt } = previous;
  const date = chinaDay(stateAt);
  const parts = [
    { count: added, zh: `新增财产 ${added} 项`, en: `${added} new` },
    { count: established, zh: `新查明 ${established} 项`, en: `${established} newly established` },
    { count: changed, zh: `变动 ${changed} 项`, en: `${changed} changed` },
    { count: gone, zh: `不再反馈 ${gone} 项`, en: `${gone} no longer reported` },
  ].filter(({ count }) => count > 0);
  const isFullyCompared = bothFull && undecided === 0;
  const none = isFullyCompared
    ? { zh: '无变化', en: 'no change' }
    : { zh: '已比对部分无变化', en: 'no change in what could be compared' };
  const isNone = parts.length === 0;
  const zh = isNone ? none.zh : parts.map((part) => part.zh).join('，');
  const en = isNone ? none.en : parts.map((part) => part.en).join(', ');
  const restZh = undecided > 0 ? `${isNone ? '，' : '；'}${undecided} 家无法判断` : '';
  const restEn = undecided > 0 ? `; ${undecided} ${undecided === 1 ? 'agency' : 'agencies'} cannot be compared` : '';
  return {
    zh: `与 ${date} 第 ${version} 版相比：${zh}${restZh}。`,
    en: `Compared with version ${version} of ${date}: ${en}${restEn}.`,
  };
}
