import { type Report, type ReportBody, reportSchema, reportVersionItemSchema } from '#contracts';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import { newestReport } from '../ask-and-follow.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { presentChanges } from '../present/changes.ts';
import { presentReport } from '../present-report.ts';

/** Prints a report version (`rep_…`), or one of an inquiry (`inq_…`), the newest if none is named, changes first. Exit code 3 when agencies did not answer. */
export async function report(
  output: Output,
  api: ApiClient,
  { id, version, json }: { readonly id: string; readonly version: number | null; readonly json: boolean },
): Promise<number> {
  if (!/^(rep|inq)_/.test(id))
    throw new CliError('wrong-id', 'That is neither a report nor an inquiry.', {
      exitCode: exitCodes.usage,
      fix: 'Ids begin with rep_ or inq_.',
    });
  const body = await readReport(api, id, version);
  if (json) output.result(JSON.stringify(body, null, 2));
  else {
    const changes = 'changes' in body ? body.changes : null;
    if (changes !== null)
      for (const line of presentChanges(changes, body.coverage.lines, mostLines)) output.result(line);
    for (const line of presentReport(body, { colours: output.colours, mostLines })) output.result(line);
  }
  return body.coverage.counts.noAnswer > 0 ? exitCodes.noAnswers : exitCodes.done;
}

const mostLines = 500;
const versionsSchema = z.object({ items: z.array(reportVersionItemSchema) });

async function readReport(api: ApiClient, id: string, version: number | null): Promise<Report | ReportBody> {
  const read = (reportId: string) => api.get(`/reports/${reportId}?include=changes`, reportSchema);
  if (id.startsWith('rep_')) return read(id);
  if (version === null) {
    const newest = await newestReport(api, id);
    return newest.version === null ? newest.report : read(newest.version.reportId);
  }
  const { items } = await api.get(`/inquiries/${id}/report-versions`, versionsSchema);
  const item = items.find(({ reportVersion }) => reportVersion === version);
  if (item === undefined)
    throw new CliError('not-found', `The inquiry has no version ${version}.`, {
      exitCode: exitCodes.usage,
      fix: 'Its versions are numbered from 1; leave --version out for the newest.',
    });
  return read(item.reportId);
}
