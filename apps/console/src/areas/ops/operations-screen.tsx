import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentsListOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { channelsList } from '../../api/generated/sdk.gen.ts';
import type { Channel, Incident } from '../../api/generated/types.gen.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ChannelsView } from './channels-view.tsx';
import { type Hold, HoldDialog } from './hold-dialog.tsx';
import { IncidentsView } from './incidents-view.tsx';
import { OutageDialog } from './outage-dialog.tsx';
import { ReadAt } from './read-at.tsx';

const readEveryMs = 5_000;
const pageLength = 200;
const mostPages = 10;

async function readChannels(signal: AbortSignal): Promise<readonly Channel[]> {
  const all: Channel[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { data }: { data: { items: Channel[]; nextCursor: string | null } } = await channelsList({
      query: { limit: `${pageLength}`, ...(cursor === null ? {} : { cursor }) },
      signal,
      throwOnError: true,
    });
    all.push(...data.items);
    cursor = data.nextCursor;
    if (cursor === null) return all;
  }
  throw new Error('more channels than can be shown');
}

/** S13: what fails now and what waits for it, then every channel. */
export function OperationsScreen(): ReactElement {
  const { t } = useTranslation('ops');
  const may = useMay();
  const incidents = useQuery({ ...incidentsListOptions(), refetchInterval: readEveryMs });
  const channels = useQuery({
    queryKey: ['channels'],
    queryFn: ({ signal }) => readChannels(signal),
    refetchInterval: readEveryMs,
  });
  const [hold, setHold] = useState<Hold | null>(null);
  const [outage, setOutage] = useState<Incident | null>(null);
  const mayAct = may('operations:write');
  return (
    <Screen title={t('title')} actions={<a href="/ops/queues">{t('queues')}</a>}>
      <ReadAt at={Math.min(incidents.dataUpdatedAt, channels.dataUpdatedAt)} />
      <QueryState query={incidents}>
        {({ items }) => <IncidentsView items={items} onAskAgain={mayAct ? setOutage : null} />}
      </QueryState>
      <QueryState query={channels} rows={6}>
        {(items) => <ChannelsView items={items} onHold={mayAct ? setHold : null} />}
      </QueryState>
      {hold !== null && <HoldDialog hold={hold} onClose={() => setHold(null)} onDone={() => void channels.refetch()} />}
      {outage !== null && <OutageDialog incident={outage} onClose={() => setOutage(null)} />}
    </Screen>
  );
}
