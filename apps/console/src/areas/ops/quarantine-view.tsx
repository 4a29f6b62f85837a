import { Button, Checkbox } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Quarantined, QuarantineState } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';

export const quarantineStates = ['waiting', 'read', 'given-up'] as const satisfies readonly QuarantineState[];

interface QuarantineViewProps {
  readonly items: readonly Quarantined[];
  readonly state: QuarantineState;
  readonly onState: (state: QuarantineState) => void;
  readonly chosen: readonly string[];
  /** Null: nothing can be chosen here, or the person may only look. */
  readonly onChoose: ((ids: readonly string[]) => void) | null;
  readonly onReplay: () => void;
}

/** Ids, sizes and places; what is in a message is not shown here. */
export function QuarantineView(props: QuarantineViewProps): ReactElement {
  const { items, state, onState, chosen, onChoose, onReplay } = props;
  const { t } = useTranslation('ops');
  return (
    <>
      <div className="filters" role="group" aria-label={t('quarantine.filter')}>
        {quarantineStates.map((each) => (
          <Button
            key={each}
            size="small"
            type={each === state ? 'primary' : 'default'}
            aria-pressed={each === state}
            onClick={() => onState(each)}
          >
            {t(`quarantine.state.${each}`)}
          </Button>
        ))}
      </div>
      {onChoose !== null && (
        <p>
          <Button
            disabled={items.length === 0}
            onClick={() => onChoose(items.map(({ quarantineId }) => quarantineId).slice(0, 500))}
          >
            {t('quarantine.chooseAll')}
          </Button>{' '}
          <Button type="primary" disabled={chosen.length === 0} onClick={onReplay}>
            {t('quarantine.replay', { count: chosen.length })}
          </Button>
        </p>
      )}
      <DataTable<Quarantined>
        caption={t('quarantine.caption')}
        rows={items}
        rowKey={({ quarantineId }) => quarantineId}
        emptyReason={t(`quarantine.none.${state}`)}
        minWidth={1_000}
        columns={[
          ...(onChoose === null
            ? []
            : [
                {
                  title: t('quarantine.choose'),
                  width: 70,
                  render: (_: unknown, { quarantineId }: Quarantined) => (
                    <Checkbox
                      aria-label={t('quarantine.chooseOne', { id: quarantineId })}
                      checked={chosen.includes(quarantineId)}
                      onChange={({ target }) =>
                        onChoose(
                          target.checked
                            ? [...chosen, quarantineId].slice(-500)
                            : chosen.filter((each) => each !== quarantineId),
                        )
                      }
                    />
                  ),
                },
              ]),
          { title: t('quarantine.at'), width: 180, render: (_, { at }) => momentOf(at) },
          {
            title: t('events.where'),
            width: 220,
            render: (_, { agencyId, channelId }) =>
              agencyId === null ? channelId : <Link to={`/ops/agencies/${agencyId}`}>{agencyId}</Link>,
          },
          { title: t('quarantine.source'), width: 120, render: (_, { source }) => t(`quarantine.sources.${source}`) },
          { title: t('quarantine.size'), width: 110, align: 'right', render: (_, { sizeBytes }) => `${sizeBytes} B` },
          { title: t('quarantine.attempts'), width: 110, align: 'right', render: (_, { attempts }) => attempts },
          {
            title: t('quarantine.paths'),
            render: (_, { paths }) => (paths.length === 0 ? t('quarantine.noPath') : paths.join(' · ')),
          },
        ]}
      />
    </>
  );
}
