import { Tooltip } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeskItem } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { actLink } from './desk-links.ts';

/** Acts in which somebody is asked: not for who may only look. */
const asks: readonly DeskItem['act'][] = ['ready-to-ask', 'review-due', 'ask-again'];

/** What the case waits for, in words with its number, leading to where it is done. */
export function NextAct({ item }: { readonly item: DeskItem }): ReactElement {
  const { t } = useTranslation('desk');
  const may = useMay();
  const mayAct = !asks.includes(item.act) || may('inquiries:write');
  const words = <ActWords item={item} />;
  if (item.act === 'nothing-to-do') return <span className="desk-quiet">{words}</span>;
  return mayAct ? (
    <Link className={`next-act next-act-${item.act}`} to={actLink(item)}>
      {words}
    </Link>
  ) : (
    <span>
      {words} <span className="desk-quiet">{t('lookOnly')}</span>
    </span>
  );
}

function ActWords({ item: { act, progress } }: { readonly item: DeskItem }): ReactElement {
  const { t } = useTranslation('desk');
  if (act === 'ask-again' && progress !== null) return <>{t('actCount.askAgain', { count: progress.unanswered })}</>;
  if (act === 'overdue' && progress !== null) return <>{t('actCount.overdue', { count: progress.unanswered })}</>;
  return <>{t(`act.${act}`)}</>;
}

/** 18/31, never a bare 0: what is not counted yet says so. The newest version's sentence comes up over it. */
export function Progress({ item }: { readonly item: DeskItem }): ReactElement {
  const { t } = useTranslation(['desk', 'verdict']);
  const side = useSide();
  const { progress, inquiryId, lastSentence } = item;
  if (inquiryId === null) return <span className="desk-quiet">{t('desk:progress.never')}</span>;
  if (progress === null) return <span className="desk-quiet">{t('desk:progress.counting')}</span>;
  const words = t('verdict:answeredOf', { answered: progress.answered, asked: progress.asked });
  if (lastSentence === null) return <span>{words}</span>;
  return (
    <Tooltip title={side(lastSentence)} trigger={['hover', 'focus']}>
      <Link to={`/inquiries/${inquiryId}`} className="desk-progress" aria-description={side(lastSentence)}>
        {words}
      </Link>
    </Tooltip>
  );
}
