import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { channelTally, inTrouble } from './channel-tally.ts';
import type { Hold } from './hold-dialog.tsx';

interface ChannelsViewProps {
  readonly items: readonly Channel[];
  /** Null: the person may only look. */
  readonly onHold: ((hold: Hold) => void) | null;
}

/** Every channel in words, those in trouble first. */
export function ChannelsView({ items, onHold }: ChannelsViewProps): ReactElement {
  const { t } = useTranslation('ops');
  const side = useSide();
  const rows = items.toSorted((one, other) => inTrouble(other) - inTrouble(one));
  return (
    <>
      <p className="sentence">{t('channels.sentence', { ...channelTally(items) })}</p>
      <DataTable<Channel>
        caption={t('channels.caption')}
        rows={rows}
        rowKey={({ channelId }) => channelId}
        emptyReason={t('channels.none')}
        minWidth={940}
        columns={[
          {
            title: t('channels.channel'),
            width: 200,
            render: (_, { channelId, nameZh, nameEn }) => (
              <>
                {side({ zh: nameZh, en: nameEn })}
                <br />
                <span className="identifier">{channelId}</span>
              </>
            ),
          },
          {
            title: t('state'),
            width: 150,
            render: (_, { state, pausedReason }) => (
              <>
                {t(`channels.state.${state}`)}
                {pausedReason !== null && <div className="when">{t('channels.because', { reason: pausedReason })}</div>}
              </>
            ),
          },
          {
            title: t('channels.agencies'),
            width: 210,
            render: (_, { agencies, breakers }) => t('channels.breakers', { agencies, ...breakers }),
          },
          {
            title: t('channels.queue'),
            render: (_, { queue }) => (queue === null ? t('channels.queueUnknown') : t('channels.queueNow', queue)),
          },
          { title: t('channels.workers'), width: 90, align: 'right', render: (_, { workers }) => workers },
          ...(onHold === null
            ? []
            : [
                {
                  title: t('act'),
                  width: 90,
                  render: (_: unknown, channel: Channel) => <HoldButton channel={channel} onHold={onHold} />,
                },
              ]),
        ]}
      />
    </>
  );
}

interface HoldButtonProps {
  readonly channel: Channel;
  readonly onHold: (hold: Hold) => void;
}

function HoldButton({ channel, onHold }: HoldButtonProps): ReactElement | null {
  const { t } = useTranslation('ops');
  const side = useSide();
  const { channelId, nameZh, nameEn, state } = channel;
  if (state === 'disabled') return null;
  const kind = state === 'paused' ? 'resume' : 'pause';
  const name = side({ zh: nameZh, en: nameEn });
  return (
    <Button size="small" onClick={() => onHold({ of: 'channel', id: channelId, name, kind })}>
      {t(`hold.${kind}`)}
    </Button>
  );
}
