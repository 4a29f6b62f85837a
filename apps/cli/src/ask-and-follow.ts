import {
  agencyViewSchema,
  type AgencyView,
  inquiryViewSchema,
  type InquiryView,
  liveReportSchema,
  pageSchema,
  reportSchema,
  type Report,
  type ReportBody,
} from '#contracts';
import type { ApiClient } from './api-client.ts';
import { followInquiry } from './event-stream.ts';
import { openLiveView } from './live-view.ts';
import type { Output } from './output.ts';

const mostPages = 100;

/** The whole directory by id, page by page. */
export async function readAgencies(api: ApiClient, filter = ''): Promise<ReadonlyMap<string, AgencyView>> {
  const agencies = new Map<string, AgencyView>();
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const query: string = `?limit=200${filter}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const { items, nextCursor } = await api.get(`/agencies${query}`, pageSchema(agencyViewSchema));
    for (const item of items) agencies.set(item.agencyId, item);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return agencies;
}

interface FollowOptions {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly elapsedMs: () => number;
  readonly mostLines: number;
}

/** Shows the inquiry live until it is done, then gives its newest report version, or the live one where none was cut. */
export async function followToReport(
  api: ApiClient,
  inquiryId: string,
  options: FollowOptions,
): Promise<{ report: ReportBody; version: Report | null }> {
  const view = openLiveView(options.output, { agencies: await readAgencies(api), ...options });
  try {
    for await (const event of followInquiry(api, inquiryId, options.signal)) view.show(event);
  } finally {
    view.end();
  }
  return newestReport(api, inquiryId);
}

export async function newestReport(
  api: ApiClient,
  inquiryId: string,
): Promise<{ report: ReportBody; version: Report | null }> {
  const inquiry: InquiryView = await api.get(`/inquiries/${inquiryId}`, inquiryViewSchema);
  if (inquiry.latestReport === null)
    return { report: await api.get(`/inquiries/${inquiryId}/report`, liveReportSchema), version: null };
  const version = await api.get(`/reports/${inquiry.latestReport.reportId}`, reportSchema);
  return { report: version, version };
}
