import { describe, expect, it } from '@jest/globals';
import { agencyOf, inquiryAbout } from '#conformance';
import type { MailboxTask } from '#contracts';
import { unzipSync, zipSync } from 'fflate';
import { settingsSchema, hasBox } from '../settings.ts';
import { packTasks, unpackable } from './pack.ts';
import { unpack } from './unpack.ts';

const bank = agencyOf({ agencyId: 'bank.sample', code: 'C9999900000000001', category: 'bank', nameZh: '示例银行' });
const batchNumber = '202603010000000000000000000001';
const key = bank.code + batchNumber;
const sftp = {
  ...{ host: 'box', username: 'court', passwordRef: { secret: 'box' }, hostKeySha256: `SHA256:${'A'.repeat(43)}` },
  ...{ inboxPath: '/{code}/in', outboxPath: '/{code}/out', archivePath: '/{code}/old' },
};
const read = settingsSchema.parse({ transport: 'files', sftp });
if (!hasBox(read)) throw new Error('the settings of the test name no box');
const settings = read;
const task = (requestNumber: string): MailboxTask => ({ requestNumber, agency: bank, inquiry: inquiryAbout('person') });
const texts = (zip: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
const packed = (files: Readonly<Record<string, string>>, name = `CXFK${key}.zip`) => ({
  name,
  bytes: zipSync(Object.fromEntries(Object.entries(files).map(([entry, text]) => [entry, Buffer.from(text)]))),
});
const row = (bdhm: string, khzh = '查无开户信息') =>
  `<zhxx BDHM="${bdhm}" CCXH="1" KHZH="${khzh}" FKSJ="2026/03/01 10:00:00"/>`;
const feedback = (...rows: string[]) => `<?xml version="1.0" encoding="UTF-8"?><zhxxList>${rows.join('')}</zhxxList>`;
const unintelligible = expect.objectContaining({ name: 'NoAnswer', reason: 'unintelligible' });
const failureOf = (open: () => unknown): unknown => {
  try {
    return open();
  } catch (error) {
    return error;
  }
};

describe('a query package', () => {
  const documents = [{ fileName: '通知书.pdf', fileType: 'pdf', bytes: Buffer.from('%PDF') }];
  const card = { fileName: 'c.png', fileType: 'png', bytes: Buffer.from('picture') };
  const cards = { officerName: '赵执', workCardNo: 'GZ1', workCard: card, dutyCardNo: 'GW1', dutyCard: card };
  const content = {
    ...{ batchNumber, agency: bank },
    tasks: ['A1', 'A2'].map((number) => ({ task: task(number), documents, cards })),
  };

  it('holds requests, one writ for all who share it, and cards; plain UTF-8, documents base64 once', () => {
    const { name, bytes } = packTasks(content, settings);
    const files = texts(bytes);
    expect([name, Object.keys(files)]).toEqual([`CXQQ${key}.zip`, [`QA${key}.xml`, `QI${key}`, `QC${key}.xml`]]);
    const [requests = '', writs = '', certificates = ''] = Object.values(files);
    expect(requests).toContain('BDHM="A1" LB="YH" XZ="1" XM="张三" ZJLX="01" DSRZJHM="110100199003074112"');
    expect(requests.match(/<cxqq /g)).toHaveLength(2);
    expect(writs.match(/WSNR="([^"]*)"/g)).toEqual([`WSNR="${Buffer.from('%PDF').toString('base64')}"`]);
    expect(certificates.match(/BDHM="A[12]"/g)).toEqual(['BDHM="A1"', 'BDHM="A2"']);
  });

  it('of the same tasks is the same, byte for byte', () => {
    expect(packTasks(content, settings)).toEqual(packTasks(content, settings));
  });

  it('carries names that GBK cannot, and none that XML cannot', () => {
    const named = (name: string): MailboxTask => {
      const one = task('A1');
      return { ...one, inquiry: { ...one.inquiry, debtor: { ...one.inquiry.debtor, name } } };
    };
    expect(unpackable(named('𠮷野'), settings)).toBeNull();
    expect(unpackable(named('张\u0001三'), settings)).toMatchObject({
      ...{ reason: 'identity-mismatch', reasonCode: 'lossy-encoding' },
    });
  });
});

describe('a package that came in', () => {
  it('is read by request number, over all its files', () => {
    const file = packed({
      [`QR${key}000000000001.xml`]: feedback(row('A1'), row('A2', '62220000')),
      [`QNA${key}.xml`]: '<htxxList><htxx BDHM="A3" XCHTYY="缺少法律文书" XCHTR="经办人乙" XCHTDH="000-1"/></htxxList>',
    });
    const opened = unpack(bank, file, settings);
    expect(opened).toMatchObject({
      batchNumber,
      requestNumbers: ['A1', 'A2', 'A3'],
      complaints: [],
      isWholeBatch: true,
    });
    expect(['A1', 'A2', 'A3'].map((number) => opened.said(task(number)))).toMatchObject([
      { verdict: 'nothing' },
      { verdict: 'found', assets: [{ accountNumber: '62220000' }] },
      { verdict: 'no-answer', reason: 'returned', reasonCode: 'writ-missing', contactName: '经办人乙' },
    ]);
  });

  it('with a file that cannot be read is not whole, and the other files count', () => {
    const opened = unpack(
      bank,
      packed({ [`QR${key}000000000001.xml`]: feedback(row('A1')), [`QR${key}000000000002.xml`]: '<zhxxList>', x: '' }),
      settings,
    );
    expect(opened).toMatchObject({ requestNumbers: ['A1'], isWholeBatch: false });
    expect(opened.complaints).toHaveLength(2);
  });

  it.each([
    ['an unknown family', packed({}, `KZFK${key}.zip`)],
    [
      'the code of another bank',
      packed({ [`QR${key}.xml`]: feedback(row('A1')) }, `CXFK${key.replace('01202', '02202')}.zip`),
    ],
    ['no ZIP', { name: `CXFK${key}.zip`, bytes: Buffer.from('<html>') }],
    ['an empty list', packed({ [`QR${key}.xml`]: feedback() })],
    ['rows without a number', packed({ [`QR${key}.xml`]: feedback('<zhxx KHZH="查无开户信息"/>') })],
    ['GBK bytes', packed({ [`QR${key}.xml`]: '' })],
  ])('with %s is not read', (_, file) => {
    expect(failureOf(() => unpack(bank, file, settings))).toEqual(unintelligible);
  });

  it('gets a receipt in upper case, with the rejected ones once more', () => {
    const opened = unpack(bank, packed({ [`QR${key}.xml`]: feedback(row('A1'), row('A2')) }), settings);
    const { name, bytes } = opened.receipt([
      { requestNumber: 'A1', outcome: 'accepted' },
      { requestNumber: 'A2', outcome: 'repeated' },
    ]);
    expect(name).toBe(`CXHZ${key}.zip`);
    const repeated = '<jg BDHM="A2" RESULT="fail" MSG="已经反馈, 不能再次反馈"/>';
    const files = texts(bytes);
    expect(files[`QR${key}.xml`]).toContain(`<cxjglist><jg BDHM="A1" RESULT="success" MSG=""/>${repeated}</cxjglist>`);
    expect(files[`QNR${key}.xml`]).toContain(`<cxjglist>${repeated}</cxjglist>`);
  });
});

describe('the settings of transport F', () => {
  it.each([
    ['no box', { transport: 'files' }],
    ['a door', { transport: 'files', sftp, door: { path: '/d', logins: [] } }],
    ['a folder for all banks together', { transport: 'files', sftp: { ...sftp, inboxPath: '/in' } }],
    ['password and key', { transport: 'files', sftp: { ...sftp, privateKeyRef: { secret: 'key' } } }],
    ['a host key in hexadecimal', { transport: 'files', sftp: { ...sftp, hostKeySha256: 'a'.repeat(64) } }],
    ['a box for the SOAP service', { sftp }],
  ])('refuse %s', (_, wrong) => {
    expect(settingsSchema.safeParse(wrong).success).toBe(false);
  });
});
