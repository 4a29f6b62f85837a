import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(240_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;
const down = [{ agencyId: null, category: 'vehicle' as const, fault: 'down' as const, times: null, afterMs: null }];

inBrowser('two versions, and what follows', () => {
  let place: ConsolePlace;
  let inquiryId: string;
  let older: string;
  let newer: string;
  beforeAll(async () => {
    place = await openConsole();
    await place.setFaults(down);
    inquiryId = await place.court.ask(person, { dueInMs: 6_000 });
    older = (await place.court.closed(inquiryId, { timeoutMs: 60_000 })).reportId;
    await place.setFaults([]);
    // one bureau answers when it is asked again, the others are left as they are
    const agencyId = (await place.court.live(inquiryId)).coverage.lines.find(
      (line) => line.category === 'vehicle',
    )?.agencyId;
    const body = { lines: [{ agencyId, category: 'vehicle' }], reason: '线路恢复' };
    const headers = { 'idempotency-key': randomUUID() };
    expect((await place.court.request('POST', `inquiries/${inquiryId}/requeries`, { body, headers })).status).toBe(202);
    newer = await anotherVersion(place, inquiryId, older);
  });
  afterAll(() => place?.stop());

  it('are compared: the sentence first, what cannot be told named, and silence never called nothing', async () => {
    const page = await place.signIn('usr_zhao', `/console/comparisons?older=${older}&newer=${newer}`);
    await page.locator('[data-comparison-sentence]').waitFor();
    const made = await place.court.request('POST', 'comparisons', { body: { older, newer } });
    const { changes } = made.json();
    expect(await page.locator('[data-comparison-sentence]').textContent()).toBe(changes.sentence.zh);
    const silent = changes.lines.filter((line: { after: string }) => line.after === 'no-answer').length;
    expect(silent).toBeGreaterThan(0);
    expect(Number(await page.locator('[data-undecided]').getAttribute('data-undecided'))).toBe(silent);
    const unanswered = page.locator('[data-group="unanswered"]');
    expect(await unanswered.locator('tbody [data-transition="still-no-answer"]').count()).toBe(silent);
    expect(await unanswered.locator('tbody circle').count()).toBe(0);
    expect(await unanswered.locator('tbody').textContent()).not.toMatch(/无财产|不再反馈/);
    await expectNoAxe(page);
    await shot(page, 'comparison-zh-CN');
    await page.getByRole('button', { name: '生成告知书文稿' }).click();
    await page.getByText('不能据此认定').first().waitFor();
    await expectNoAxe(page);
    expect(page.url()).not.toMatch(/张|110100/);
  });

  it('are found from an inquiry alone, and are nothing to another court', async () => {
    const page = await place.signIn('usr_zhao', `/console/comparisons?inquiry=${inquiryId}`);
    await page.locator('[data-comparison-sentence]').waitFor();
    expect(await page.locator('.compare-timeline li').count()).toBeGreaterThan(1);
    const stranger = await place.signIn('usr_qian', `/console/comparisons?older=${older}&newer=${newer}`);
    await stranger.locator('[data-failure="not-found"]').first().waitFor();
    expect(await stranger.locator('[data-comparison-sentence]').count()).toBe(0);
  });

  it('lead to asking again, a schedule in words, and a note', async () => {
    const page = await place.signIn('usr_zhao', `/console/inquiries/${inquiryId}/follow-up`);
    await page.getByRole('button', { name: /补查 \d+ 家/ }).waitFor();
    await page.getByText('案件未终结本次执行程序').waitFor();
    await terminate(place, inquiryId);
    await page.reload();
    await page.getByLabel('事由').fill('终本后定期查询');
    await expectNoAxe(page);
    await page.getByRole('button', { name: '安排定期复查' }).dblclick();
    await page.getByText(/每六个月，至 \d{4}-\d{2}/).waitFor();
    expect(await page.locator('[data-run="planned"]').count()).toBe(10);
    await page.getByLabel('新备注（写入后不可修改）').fill('已约谈，待提交申报。');
    await page.getByRole('button', { name: '写入备注' }).click();
    await page.locator('.compare-notes').getByText('已约谈，待提交申报。').waitFor();
    await expectNoAxe(page);
    await shot(page, 'follow-up-zh-CN');
    await page.goto(`${place.url}/console/schedules`);
    await page.getByRole('heading', { name: '定期复查' }).waitFor();
    await page.locator('tbody tr[data-row-key]').first().waitFor();
    expect(await page.locator('tbody tr[data-row-key]').count()).toBe(1);
    await expectNoAxe(page);
    await shot(page, 'schedules-zh-CN');
  });
});

/** Waits until what was asked again has made a version of its own. */
async function anotherVersion(place: ConsolePlace, inquiryId: string, before: string): Promise<string> {
  for (let look = 0; look < 200; look += 1) {
    const { latestReport } = await place.court.inquiry(inquiryId);
    if (latestReport !== null && latestReport.reportId !== before) return latestReport.reportId;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('no other version came');
}

async function terminate(place: ConsolePlace, inquiryId: string): Promise<void> {
  const { caseId } = await place.court.inquiry(inquiryId);
  const headers = { 'if-match': '"1"' };
  const body = { state: 'terminated', reason: '终本' };
  expect((await place.court.request('PATCH', `cases/${caseId}`, { body, headers })).status).toBe(200);
}
