import { randomUUID } from 'node:crypto';
import {
  caseViewSchema,
  debtorViewSchema,
  fileViewSchema,
  type InquiryItem,
  inquiryItemSchema,
  inquiryViewSchema,
  type InquiryView,
  type LiveReport,
  liveReportSchema,
  pageSchema,
  reportSchema,
  type Report,
} from '#contracts';
import { sampleNotice } from '../../apps/cli/src/assistance-notice.ts';
import { eventually } from './running-process.ts';

export interface Person {
  readonly kind: 'natural' | 'legal';
  readonly name: string;
  readonly idNumber: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  json(): any;
}

export interface AskOptions {
  readonly dueInMs?: number;
  readonly categories?: readonly string[];
  readonly agencies?: readonly string[];
  readonly key?: string;
  /** Why somebody is asked about again. */
  readonly reason?: string;
}

/** A program of a court that uses the API: the acts of one officer, and plain requests. */
export interface Court {
  readonly url: string;
  request(
    method: string,
    path: string,
    options?: { body?: unknown; raw?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
  ): Promise<Reply>;
  openCase(): Promise<string>;
  addDebtor(caseId: string, person: Person): Promise<string>;
  upload(): Promise<string>;
  /** The body of `POST /inquiries` for a new debtor of the case. */
  inquiryBody(person: Person, options?: AskOptions): Promise<Record<string, unknown>>;
  ask(person: Person, options?: AskOptions): Promise<string>;
  inquiry(inquiryId: string): Promise<InquiryView>;
  live(inquiryId: string): Promise<LiveReport>;
  report(reportId: string): Promise<Report>;
  requery(inquiryId: string): Promise<Reply>;
  /** Waits until the inquiry is closed (`complete`: with a whole answer of every agency), and gives the newest version of its report. */
  closed(inquiryId: string, options?: { timeoutMs?: number; complete?: boolean }): Promise<Report>;
}

const hour = 3_600_000;
const lookEveryMs = 300;

export function openCourt(url: string, token: string): Court {
  let caseId: Promise<string> | null = null;
  let fileId: Promise<string> | null = null;
  const request: Court['request'] = async (method, path, { body, raw, headers = {} } = {}) => {
    const response = await fetch(`${url}${path.startsWith('/') ? '' : '/api/v1/'}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(raw === undefined && body === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  };
  const read = async (path: string) => expectOk(await request('GET', path));
  const write = async (path: string, body: unknown, key: string = randomUUID()) =>
    expectOk(await request('POST', path, { body, headers: { 'idempotency-key': key } }));

  /** All inquiries of the case, read once for everybody who waits: a list opens nothing, so looking costs little. */
  let looked: { readonly at: number; readonly heads: Promise<ReadonlyMap<string, InquiryItem>> } | null = null;
  const heads = () => {
    if (looked === null || performance.now() - looked.at > lookEveryMs / 2)
      looked = { at: performance.now(), heads: readHeads() };
    return looked.heads;
  };
  const readHeads = async () => {
    const found = new Map<string, InquiryItem>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = pageSchema(inquiryItemSchema).parse(
        await read(`inquiries?limit=200&caseId=${await caseId}${after}`),
      );
      for (const item of page.items) found.set(item.inquiryId, item);
      cursor = page.nextCursor;
    }
    return found;
  };

  const court: Court = {
    url,
    request,
    openCase: async () => caseViewSchema.parse(await write('cases', sampleCase)).caseId,
    addDebtor: async (of, person) =>
      debtorViewSchema.parse(await write(`cases/${of}/debtors`, debtorBody(person))).debtorId,
    async upload() {
      const form = new FormData();
      form.append('file', new Blob([Uint8Array.from(sampleNotice('W20260301000001'))]), 'notice.pdf');
      const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
      const response = await fetch(`${url}/api/v1/files`, { method: 'POST', headers, body: form });
      return fileViewSchema.parse(await response.json()).fileId;
    },
    async inquiryBody(person, { dueInMs = hour, categories, agencies, reason } = {}) {
      caseId ??= court.openCase();
      fileId ??= court.upload();
      return {
        caseId: await caseId,
        debtorId: await court.addDebtor(await caseId, person),
        purpose: 'execution',
        scope: { categories: categories ?? 'all', agencies: agencies ?? 'all-entitled', except: [] },
        legal: {
          documentName: '（2026）京9901执1号协助查询存款通知书',
          documentNumber: 'W20260301000001',
          fileId: await fileId,
        },
        dueAt: new Date(Date.now() + dueInMs).toISOString(),
        ...(reason === undefined ? {} : { reason }),
      };
    },
    async ask(person, options = {}) {
      const body = await court.inquiryBody(person, options);
      return inquiryViewSchema.parse(await write('inquiries', body, options.key)).inquiryId;
    },
    inquiry: async (inquiryId) => inquiryViewSchema.parse(await read(`inquiries/${inquiryId}`)),
    live: async (inquiryId) => liveReportSchema.parse(await read(`inquiries/${inquiryId}/report`)),
    report: async (reportId) => reportSchema.parse(await read(`reports/${reportId}`)),
    requery: (inquiryId) =>
      request('POST', `inquiries/${inquiryId}/requeries`, {
        body: { lines: 'all-unanswered', reason: 'the agencies work again' },
        headers: { 'idempotency-key': randomUUID() },
      }),
    closed(inquiryId, { timeoutMs = 120_000, complete = false } = {}) {
      let seen: Report | null = null;
      const isDone = async () => {
        const head = (await heads()).get(inquiryId);
        if (!head?.latestReport || head.closedAt === null) return false;
        if (seen?.reportId !== head.latestReport.reportId) seen = await court.report(head.latestReport.reportId);
        return (!complete || seen.coverage.isFull) && seen;
      };
      return eventually(`inquiry ${inquiryId} closed`, isDone, { timeoutMs, everyMs: lookEveryMs }).catch(
        async (error: unknown) => {
          const { status, closedAt, counts, byReason } = await court.inquiry(inquiryId);
          const { coverage } = await court.live(inquiryId);
          const open = coverage.lines
            .filter(({ verdict }) => verdict === 'no-answer')
            .slice(0, 20)
            .map((line) => [line.agencyId, line.mode, line.reason, line.stage, line.attempts, line.nextAttemptAt]);
          throw new Error(`${String(error)} ${JSON.stringify({ status, closedAt, counts, byReason, open })}`);
        },
      );
    },
  };
  return court;
}

export const sampleCase = {
  caseNumber: '（2026）京9901执1号',
  courtCode: '990100',
  courtName: '某市某区人民法院',
  legalBasis: '（2025）京9901民初7号民事判决书',
  claim: { amount: '2000000.00', currency: 'CNY' },
  filedOn: '2026-02-01',
  executionNoticeOn: '2026-02-10',
};

export const debtorBody = ({ kind, name, idNumber }: Person) => ({
  kind,
  name,
  role: 'debtor-under-execution',
  ids: [{ type: kind === 'natural' ? 'citizen-id' : 'uscc', number: idNumber }],
});

function expectOk(reply: Reply): unknown {
  if (reply.status >= 400) throw new Error(`${reply.status} ${reply.text}`);
  return reply.json();
}

/** Works on all of them, so many at once; the results in the order given. */
export async function atOnce<In, Out>(
  most: number,
  items: readonly In[],
  work: (item: In, index: number) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  let next = 0;
  const one = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: most }, one));
  return results;
}
