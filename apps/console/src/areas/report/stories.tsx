import type { Story } from '../../app/story.ts';
import type { LiveReport } from '#contracts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ReportView } from './report-view.tsx';
import { nothingYetReport, partialReport } from './report-example.ts';

const story = (id: string, data: LiveReport | undefined, error: unknown = null): Story => ({
  id: `report/report/${id}`,
  render: () => (
    <>
      <h1>{id}</h1>
      <QueryState query={{ data, error }} rows={8}>
        {(report) => <ReportView report={report} />}
      </QueryState>
    </>
  ),
});

const problem = (status: number) => ({
  ...{
    type: '/problems/not-allowed',
    title: 'not allowed',
    status,
    code: 'not-allowed',
    detail: '演练。',
    instance: '/api/v1/reports',
  },
  ...{ requestId: 'req_1', errors: [] },
});

export const stories: readonly Story[] = [
  story('partial', partialReport),
  story('nothing-so-far', nothingYetReport),
  story('loading', undefined),
  story('failed', undefined, new TypeError('failed to fetch')),
  story('forbidden', undefined, problem(403)),
  story('not-found', undefined, problem(404)),
  story('old', partialReport, new TypeError('failed to fetch')),
];
