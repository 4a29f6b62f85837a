import {
  caseViewSchema,
  debtorViewSchema,
  fileViewSchema,
  inquiryViewSchema,
  meViewSchema,
  type NewDebtor,
} from '#contracts';
import { openApiClient, type ApiClient } from '../api-client.ts';
import { followToReport } from '../ask-and-follow.ts';
import { sampleNotice } from '../assistance-notice.ts';
import { startEmbedded } from '../embedded.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { presentReport } from '../present-report.ts';

export interface DemoOptions {
  readonly debtor: string;
  readonly id: string;
  readonly agencies: number | null; // null: the directory of the configuration
  readonly chaos: boolean;
  readonly seed: number;
  readonly json: boolean;
}

/** What the demo waits for at most: agencies that are down on purpose are then reported as such. */
const deadlineMs = { plain: 120_000, chaos: 15_000 } as const;

/**
 * Starts everything in this process, sends one inquiry, shows it live, prints the report, stops. Exit code 0 also when
 * agencies did not answer: showing that is what the demo is for.
 */
export async function demo(output: Output, options: DemoOptions, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now();
  output.progress('查控网关 Chakong Gateway · demo');
  output.progress('');
  const shape = await startEmbedded({
    purpose: 'demo',
    agencies: options.agencies,
    seed: options.seed,
    ports: 'free',
    settleMs: 300,
    step: (text) => output.progress(`  ✓ ${text}`),
    signal,
  });
  try {
    if (options.chaos)
      output.progress(`  ✓ chaos: ${await shape.injectFaults()} agencies are down, slow or talking garbage`);
    output.progress(`  ✓ ready in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
    const officer = shape.signIns.find(({ roles }) => roles.includes('officer'));
    if (!officer) throw new Error('config/officers.yaml has no officer');
    const api = openApiClient({ url: shape.gatewayUrl, token: officer.token, signal, language: 'zh' });
    const asked = await askOnce(
      api,
      options,
      new Date(Date.now() + (options.chaos ? deadlineMs.chaos : deadlineMs.plain)),
    );
    const askedAt = performance.now();
    output.progress('');
    output.progress(
      `一键查询 One click: ${asked.debtorMasked}, ${asked.caseNumber}, ${asked.asked} agencies over their own wire formats`,
    );
    output.progress('');
    const { report } = await followToReport(api, asked.inquiryId, {
      output,
      signal,
      elapsedMs: () => performance.now() - askedAt,
      mostLines: 80,
    });
    output.progress('');
    if (options.json) output.result(JSON.stringify(report, null, 2));
    else for (const line of presentReport(report, { colours: output.colours, mostLines: 60 })) output.result(line);
  } finally {
    await shape.stop();
    output.progress(`Stopped cleanly. Data: ${shape.dataDir}   Keep it running with: npm start`);
  }
  return exitCodes.done;
}

/** Case, debtor, notice, inquiry: the same four calls a program of a court would make. */
async function askOnce(api: ApiClient, { debtor, id }: DemoOptions, dueAt: Date) {
  const me = await api.get('/me', meViewSchema);
  const enforcement = await api.post(
    '/cases',
    {
      caseNumber: '（2026）京9901执1号',
      courtCode: me.courtCode,
      courtName: me.courtName,
      legalBasis: '（2025）京9901民初7号民事判决书',
      claim: { amount: '2000000.00', currency: 'CNY' },
      filedOn: '2026-02-01',
      executionNoticeOn: '2026-02-10',
    },
    caseViewSchema,
  );
  const added = await api.post(`/cases/${enforcement.caseId}/debtors`, newDebtor(debtor, id), debtorViewSchema);
  const notice = await api.upload(
    '/files',
    { name: 'notice.pdf', bytes: sampleNotice('W20260301000001') },
    fileViewSchema,
  );
  const inquiry = await api.post(
    '/inquiries',
    {
      caseId: enforcement.caseId,
      debtorId: added.debtorId,
      purpose: 'execution',
      scope: { categories: 'all', agencies: 'all-entitled', except: [] },
      legal: {
        documentName: `${enforcement.caseNumber}协助查询存款通知书`,
        documentNumber: 'W20260301000001',
        fileId: notice.fileId,
      },
      dueAt: dueAt.toISOString(),
    },
    inquiryViewSchema,
  );
  const masked = `${added.nameMasked} ${added.ids[0]?.numberMasked ?? ''}`;
  return {
    inquiryId: inquiry.inquiryId,
    asked: inquiry.counts.asked,
    caseNumber: enforcement.caseNumber,
    debtorMasked: masked,
  };
}

/** A company has a unified social credit code of 18 characters with a letter before the last one; everything else is a person. */
function newDebtor(name: string, number: string): Pick<NewDebtor, 'kind' | 'name' | 'role' | 'ids'> {
  const isCompany = /[A-HJ-NPQRTUWXY]/i.test(number.trim().slice(0, -1));
  const identifier = {
    type: isCompany ? ('uscc' as const) : ('citizen-id' as const),
    number,
    country: null,
    issuer: null,
  };
  return { kind: isCompany ? 'legal' : 'natural', name, role: 'debtor-under-execution', ids: [identifier] };
}
