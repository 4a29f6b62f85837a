import { Button } from 'antd';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Inquiry } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { clockOf, momentOf } from '../../shared/time.ts';
import type { Connection } from './event-stream.ts';
import { type LineNow, verdictNow } from './line-now.ts';
import { LinesTable } from './lines-table.tsx';
import { ProgressBar } from './progress-bar.tsx';
import type { Tally } from './progress-state.ts';
import { ProvinceTiles, type ProvinceTilesProps } from './province-tiles.tsx';

/** Which lines are looked at. */
export interface LinesView {
  readonly verdict: 'all' | 'found' | 'nothing' | 'no-answer' | 'not-asked';
  readonly province: string | null;
}

interface ProgressViewProps {
  readonly inquiry: Inquiry;
  readonly lines: readonly LineNow[] | null; // null: not read yet
  readonly tally: Tally | null;
  readonly connection: Connection;
  readonly now: string;
  readonly look: LinesView;
  readonly onLook: (change: Partial<LinesView>) => void;
}

/** The sentence first, then who answered what, then where. */
export function ProgressView({
  inquiry,
  lines,
  tally,
  connection,
  now,
  look,
  onLook,
}: ProgressViewProps): ReactElement {
  const { t } = useTranslation('live');
  const side = useSide();
  return (
    <>
      <p className="sentence" data-sentence={inquiry.sentence.code}>
        {side(inquiry.sentence)}
      </p>
      <Announcement text={side(inquiry.sentence)} />
      <section className="panel" aria-label={t('overview')}>
        {tally && <ProgressBar tally={tally} />}
        <p className="connection" data-connection={connection}>
          {inquiry.pausedAt !== null && `${t('paused', { at: momentOf(inquiry.pausedAt) })} `}
          {t(`connection.${connection}`)} {connection !== 'over' && inquiry.closedAt === null && t('leave')}
        </p>
        <p>
          <Link to={`/inquiries/${inquiry.inquiryId}/report`}>
            {inquiry.closedAt === null ? t('soFar') : t('report')}
          </Link>
          {inquiry.nextAttemptAt !== null && (
            <span className="connection"> · {t('nextAttempt', { at: clockOf(inquiry.nextAttemptAt) })}</span>
          )}
        </p>
      </section>
      {lines && <Lines lines={lines} now={now} look={look} onLook={onLook} />}
    </>
  );
}

const choices = ['all', 'found', 'nothing', 'no-answer', 'not-asked'] as const;

function Lines({
  lines,
  now,
  look,
  onLook,
}: Pick<ProgressViewProps, 'now' | 'look' | 'onLook'> & { readonly lines: readonly LineNow[] }): ReactElement {
  const { t } = useTranslation(['live', 'verdict']);
  const { verdict, province } = look;
  const shown = useMemo(
    () =>
      lines.filter(
        (each) =>
          (verdict === 'all' || verdictNow(each) === verdict) &&
          (province === null || each.line.region?.slice(0, 2) === province),
      ),
    [lines, verdict, province],
  );
  return (
    <>
      <Provinces lines={lines} chosen={look.province} onChoose={(province) => onLook({ province })} />
      <div className="filters" role="group" aria-label={t('live:filter')}>
        {choices.map((choice) => (
          <Button
            key={choice}
            size="small"
            type={look.verdict === choice ? 'primary' : 'default'}
            aria-pressed={look.verdict === choice}
            onClick={() => onLook({ verdict: choice })}
          >
            {choice === 'all' ? t('live:all') : t(`verdict:column.${choice}`)}
          </Button>
        ))}
      </div>
      <LinesTable lines={shown} now={now} />
    </>
  );
}

/** Counted and drawn only while they are looked at. */
function Provinces(props: ProvinceTilesProps): ReactElement {
  const { t } = useTranslation('live');
  const [isOpen, setOpen] = useState(props.chosen !== null);
  return (
    <details className="panel" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('tiles.title')}</summary>
      {isOpen && <ProvinceTiles {...props} />}
    </details>
  );
}

const sayEveryMs = 10_000;

/** Read out at most every ten seconds, and only the sentence. */
function Announcement({ text }: { readonly text: string }): ReactElement {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), said === '' ? 0 : sayEveryMs);
    return () => clearTimeout(timer);
  }, [text, said]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  );
}
