import type { Story } from '../../app/story.ts';
import type { Incident } from '../../api/generated/types.gen.ts';
import { IncidentsView } from './incidents-view.tsx';

const incident: Incident = {
  ...{ agencyId: 'vehicle.jing', channelId: 'vehicle-national', state: 'open', since: '2026-11-22T14:05:00+08:00' },
  ...{ nameZh: '京·示例车辆管理所', nameEn: 'Jing example vehicle bureau' },
  ...{ cause: 'failures', reason: 'timed-out', reasonCode: null },
  waiting: { inquiries: 214, courts: 9, more: false },
};

const story = (id: string, items: readonly Incident[]): Story => ({
  id: `ops/operations/${id}`,
  render: () => (
    <>
      <h1>{id}</h1>
      <IncidentsView items={items} />
    </>
  ),
});

export const stories: readonly Story[] = [story('failing', [incident]), story('nothing-fails', [])];
