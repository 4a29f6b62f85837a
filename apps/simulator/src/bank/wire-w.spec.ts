import { describe, expect, it } from '@jest/globals';
import { findElement } from '../xml-tree.ts';
import { readReceipts, readTasks, writObjection } from './bank-task.ts';
import { documentAt, readWire, soapCall, soapReturn, valueAt, wireDocument, wireElement, wireLogin } from './wire-w.ts';

/** The sample messages of the wire profile (bank-zdz.md, samples). */
const sampleLogin =
  'PHVzZXJtYXJrZXI+PGNvbmRpdGlvbiB1c2VybmFtZT0iV1Vnd01EQXdNREU9IiBwYXNzd29yZD0iWkdWdGJ3PT0iLz48L3VzZXJtYXJrZXI+';

describe('transport W', () => {
  it('writes the login of the sample', () => {
    expect(wireLogin('YH000001', 'demo')).toBe(sampleLogin);
  });

  it('declares UTF-8 and holds GBK, every value base64 first', () => {
    const wire = wireDocument(wireElement('zhxxList', { errorMsg: '系统异常' }));
    const bytes = Buffer.from(wire, 'base64');
    expect(bytes.toString('latin1')).toBe('<?xml version="1.0" encoding="UTF-8"?><zhxxList errorMsg="z7XNs9Lss6M="/>');
  });

  it('reads tasks', () => {
    const row = wireElement('cxqq', {
      BDHM: 'A1',
      XM: '张三',
      DSRZJHM: '110100199003074112',
      WSBH: 'W1',
      CKKSSJ: '',
      CKJSSJ: '',
    });
    expect(readTasks(wireDocument(`<cxqqList errorMsg="">${row}</cxqqList>`))).toEqual([
      {
        requestNumber: 'A1',
        name: '张三',
        idNumber: '110100199003074112',
        writNumber: 'W1',
        transactionsFrom: '',
        transactionsTo: '',
      },
    ]);
    expect(readTasks(wireDocument('<cxqqList errorMsg=""/>'))).toEqual([]);
    expect(readTasks(wireDocument(wireElement('cxqqList', { errorMsg: '失败' })))).toBeNull();
    expect(readTasks('no base64!')).toBeNull();
  });

  it('reads documents, which are base64 once more', () => {
    const writ = (fields: Record<string, string>): string =>
      wireDocument(`<wsinfoList>${wireElement('wsinfo', fields)}</wsinfoList>`);
    const content = Buffer.from('%PDF-1.4 synthetic').toString('base64');
    const tree = readWire(writ({ WSNR: content }));
    expect(documentAt(findElement(tree!, 'wsinfo')!, 'WSNR')?.toString()).toBe('%PDF-1.4 synthetic');
    expect(writObjection(writ({ WSNR: content, MD5: '' }))).toBeNull();
    expect(writObjection(writ({ WSNR: content, MD5: '0'.repeat(32) }))).toBe('法律文书无法打开');
    expect(writObjection(writ({ WSNR: '' }))).toBe('法律文书无法打开');
    expect(writObjection(wireDocument('<wsinfoList/>'))).toBe('缺少法律文书');
  });

  it('takes "already fed back" for a success', () => {
    const rows = [
      wireElement('jg', { bdhm: 'A1', result: 'success', msg: '' }),
      wireElement('jg', { bdhm: 'A2', result: 'fail', msg: '已经反馈, 不能再次反馈' }),
      wireElement('jg', { bdhm: 'A3', result: 'fail', msg: '请求单号不存在' }),
    ];
    expect(readReceipts(wireDocument(`<result errorMsg=""><cxjglist>${rows.join('')}</cxjglist></result>`))).toEqual([
      { requestNumber: 'A1', accepted: true },
      { requestNumber: 'A2', accepted: true },
      { requestNumber: 'A3', accepted: false },
    ]);
    expect(readReceipts(null)).toBeNull();
  });

  it('reads character references in any form', () => {
    const envelope = '<Body><return>&#60;a b=&quot;&amp;lt;&quot;/&#x3E;&lt;</return></Body>';
    expect(soapReturn(envelope)).toBe('<a b="&lt;"/><');
  });

  it('travels in SOAP 1.1', () => {
    const envelope = soapCall('http://syyh.service.webService.ckw.tdh/', 'getXzcxList', [sampleLogin]);
    expect(envelope).toContain(`<syyh:getXzcxList><arg0>${sampleLogin}</arg0></syyh:getXzcxList>`);
    expect(soapReturn('<s:Envelope xmlns:s="x"><s:Body><r><return>abc</return></r></s:Body></s:Envelope>')).toBe('abc');
    expect(soapReturn('<s:Envelope xmlns:s="x"><s:Body><s:Fault/></s:Body></s:Envelope>')).toBeNull();
    expect(valueAt(readWire(wireDocument('<a b=""/>'))!, 'b')).toBe('');
  });
});
