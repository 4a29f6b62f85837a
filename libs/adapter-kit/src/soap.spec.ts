import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSoapCall, readSoapReply, soapCall, soapFault, soapReply } from './soap.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const unintelligible = expect.objectContaining({ reason: 'unintelligible' });
const text = fc
  .string({ unit: 'grapheme' })
  .filter((each) => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(each));

describe('a SOAP call', () => {
  it('comes back with its operation and arguments', () => {
    fc.assert(
      fc.property(text, text, (arg0, arg1) => {
        const call = soapCall('urn:court', 'getXzcxList', [
          { name: 'arg0', text: arg0 },
          { name: 'arg1', text: arg1 },
        ]);
        expect(readSoapCall(bytes(call))).toEqual({ operation: 'getXzcxList', args: { arg0, arg1 } });
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('is written as RPC-like services expect it', () => {
    expect(soapCall('urn:court', 'op', [{ name: 'arg0', text: 'x' }], 'c')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
        '<c:op xmlns:c="urn:court"><arg0>x</arg0></c:op></soap:Body></soap:Envelope>',
    );
  });

  it('is read with a header and any prefixes', () => {
    const call =
      '<E:Envelope xmlns:E="e"><E:Header/><E:Body>\n<q:op xmlns:q="u"><arg0/></q:op>\n</E:Body></E:Envelope>';
    expect(readSoapCall(bytes(call))).toEqual({ operation: 'op', args: { arg0: '' } });
  });

  it.each([
    '<a/>',
    '<Envelope/>',
    '<Envelope><Body/></Envelope>',
    '<Envelope><Body><op><a/><a/></op></Body></Envelope>',
    'x',
  ])('is refused: %s', (call) => {
    expect(() => readSoapCall(bytes(call))).toThrow(unintelligible);
  });
});

describe('a SOAP reply', () => {
  it('comes back with its text', () => {
    expect(readSoapReply(bytes(soapReply('urn:court', 'op', '<a>&</a>')))).toBe('<a>&</a>');
    expect(soapReply('urn:court', 'op', 'x')).toContain(
      '<svc:opResponse xmlns:svc="urn:court"><return>x</return></svc:opResponse>',
    );
  });

  it('throws the code of a fault, and none of its words', () => {
    expect(() => readSoapReply(bytes(soapFault('Server', '张三')))).toThrow(
      expect.objectContaining({ reason: 'unavailable', reasonCode: 'Server' }),
    );
    expect(() => readSoapReply(bytes(soapFault('Server', '张三')))).not.toThrow('张三');
    const detailed =
      '<Envelope><Body><Fault><faultcode>s:Client</faultcode><detail><errorcode>7</errorcode></detail></Fault></Body></Envelope>';
    expect(() => readSoapReply(bytes(detailed))).toThrow(expect.objectContaining({ reasonCode: '7' }));
    const odd = '<Envelope><Body><Fault><faultcode>张 三</faultcode></Fault></Body></Envelope>';
    expect(() => readSoapReply(bytes(odd))).toThrow(expect.objectContaining({ reasonCode: null }));
  });

  it('is refused without a return', () => {
    expect(() => readSoapReply(bytes('<Envelope><Body><opResponse/></Body></Envelope>'))).toThrow(unintelligible);
  });
});
