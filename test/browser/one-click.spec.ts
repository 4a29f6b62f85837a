import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(180_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;

inBrowser('one click', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole()));
  afterAll(() => place?.stop());

  it('is all a complete case needs, and a second one sends nothing twice', async () => {
    // complete: a debtor, and a notice on file from an inquiry about somebody else of the case
    const before = await place.court.ask({ kind: 'natural', name: '李四', idNumber: '320100198510120237' });
    await place.court.closed(before);
    const { caseId } = await place.court.inquiry(before);
    const debtorId = await place.court.addDebtor(caseId, person);
    const page = await place.signIn('usr_zhao', `/console/inquiries/new?case=${caseId}&debtor=${debtorId}`);
    const button = page.getByRole('button', { name: '一键查询' });
    await button.waitFor();
    await page
      .getByText(/将向 60 家机构查询/)
      .first()
      .waitFor();
    await expectNoAxe(page);
    await shot(page, 'one-click-zh-CN');
    await button.dblclick(); // a nervous finger
    await page.waitForURL(/\/console\/inquiries\/inq_/);
    await page.locator('.verdict-tag').first().waitFor();
    const { items } = (await place.court.request('GET', 'inquiries?limit=200')).json();
    expect(items.filter((each: { debtorId: string }) => each.debtorId === debtorId)).toHaveLength(1);
  });

  it('waits for what is missing, and says what it is', async () => {
    const caseId = await place.court.openCase();
    const debtorId = await place.court.addDebtor(caseId, person);
    const page = await place.signIn('usr_zhao', `/console/inquiries/new?case=${caseId}&debtor=${debtorId}`);
    await page.locator('[data-missing]').first().waitFor();
    expect(await page.getByRole('button', { name: '一键查询' }).isDisabled()).toBe(true);
    await page.getByLabel('文书编号').fill('W20260301000002');
    const bytes = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
    await page
      .getByLabel(/文书扫描件/)
      .setInputFiles({ name: 'notice.pdf', mimeType: 'application/pdf', buffer: bytes });
    await page.getByText('已有：notice.pdf').waitFor();
    await expectNoAxe(page);
  });
});
