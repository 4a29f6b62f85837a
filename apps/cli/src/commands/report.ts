import { reportSchema } from '#contracts';
import type { ApiClient } from '../api-client.ts';
import { newestReport } from '../ask-and-follow.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { presentReport } from '../present-report.ts';

/** Prints a report version (`rep_…`) or the newest one of an inquiry (`inq_…`). Exit code 3 when agencies did not answer. */
export async function report(
  output: Output,
  api: ApiClient,
  { id, json }: { readonly id: string; readonly json: boolean },
): Promise<number> {
  if (!/^(rep|inq)_/.test(id))
    throw new CliError('wrong-id', 'That is neither a report nor an inquiry.', {
      exitCode: exitCodes.usage,
      fix: 'Ids begin with rep_ or inq_.',
    });
  const body = id.startsWith('rep_')
    ? await api.get(`/reports/${id}`, reportSchema)
    : (await newestReport(api, id)).report;
  if (json) output.result(JSON.stringify(body, null, 2));
  else for (const line of presentReport(body, { colours: output.colours, mostLines: 500 })) output.result(line);
  return body.coverage.counts.noAnswer > 0 ? exitCodes.noAnswers : exitCodes.done;
}
