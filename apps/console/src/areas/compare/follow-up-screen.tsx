import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import {
  casesReadOptions,
  inquiriesReadOptions,
  inquirylifeRequeriesOptions,
  linesListOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { CaseNotes } from './case-notes.tsx';
import { RequeryPanel } from './requery-panel.tsx';
import { SchedulePanel } from './schedule-panel.tsx';
import './compare.css';

const mostLines = '200';

/** S10: what is asked again, when it is asked again by plan, and what is to be remembered. */
export function FollowUpScreen(): ReactElement {
  const { t } = useTranslation('compare');
  const { inquiryId = '' } = useParams();
  const may = useMay();
  const path = { inquiryId };
  const inquiry = useQuery(inquiriesReadOptions({ path }));
  const caseId = inquiry.data?.caseId ?? null;
  const file = useQuery({ ...casesReadOptions({ path: { caseId: caseId ?? '' } }), enabled: caseId !== null });
  const isSeen = caseId !== null;
  const lines = useQuery({
    ...linesListOptions({ path, query: { verdict: 'no-answer', limit: mostLines } }),
    enabled: isSeen,
  });
  const parts = useQuery({
    ...linesListOptions({ path, query: { verdict: 'found', limit: mostLines } }),
    enabled: isSeen,
  });
  const requeries = useQuery({ ...inquirylifeRequeriesOptions({ path }), enabled: isSeen });
  const again = () => void Promise.all([inquiry, lines, parts, requeries].map((query) => query.refetch()));
  return (
    <Screen
      title={t('followUp.title')}
      actions={
        <>
          <Link to={`/inquiries/${inquiryId}`}>{t('followUp.toProgress')}</Link>
          {may('reports:read') && <Link to={`/comparisons?inquiry=${inquiryId}`}>{t('followUp.toComparison')}</Link>}
        </>
      }
    >
      <QueryState query={inquiry}>
        {(data) => (
          <>
            <RequeryPanel
              inquiry={data}
              lines={lines}
              incomplete={parts.data?.items.filter(({ complete }) => complete === false) ?? null}
              requeries={requeries}
              mayWrite={may('inquiries:write')}
              onAsked={again}
              onLook={() => lines.refetch()}
            />
            <SchedulePanel inquiry={data} file={file} mayWrite={may('inquiries:write')} />
            <CaseNotes caseId={data.caseId} mayWrite={may('cases:write')} />
          </>
        )}
      </QueryState>
    </Screen>
  );
}
