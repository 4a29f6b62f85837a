import { describe, expect, it } from '@jest/globals';
import { saidSchema, type FoundAsset } from '#contracts';
import { found, noAnswer, nothing } from './said.ts';
import { section } from './sections.ts';

const asset = { kind: 'vehicle' } as FoundAsset;
const incomplete = expect.objectContaining({ reason: 'incomplete' });

describe('found', () => {
  it('is complete unless a section has no answer, a row was unreadable, or it is told otherwise', () => {
    const complete = (details: object) =>
      found({ assets: [asset], sections: [section('vehicles', 'found')], ...details }).complete;
    expect(complete({})).toBe(true);
    expect(
      complete({ sections: [section('accounts', 'found'), section('encumbrances', 'no-answer', 'unavailable')] }),
    ).toBe(false);
    expect(complete({ dropped: { unreadable: 1 }, complete: true })).toBe(false);
    expect(complete({ complete: false })).toBe(false);
  });

  it('cannot be said without an asset', () => {
    expect(() => found({ assets: [], sections: [] })).toThrow(RangeError);
  });
});

describe('nothing', () => {
  it('is said with its signal and explicitly empty sections', () => {
    const said = nothing({ signal: 'rownum 0', sections: [section('vehicles', 'nothing')], asOf: '2026-03-01' });
    expect(saidSchema.parse(said)).toEqual(said);
    expect(said).toMatchObject({
      verdict: 'nothing',
      complete: true,
      signal: 'rownum 0',
      asOf: '2026-03-01',
      asOfKind: null,
      signatureStatus: 'absent',
      part: 'main',
    });
  });

  it.each([
    [[]],
    [[section('encumbrances', 'nothing')]],
    [[section('accounts', 'not-asked')]],
    [[section('house', 'nothing'), section('land-use', 'no-answer', 'unavailable')]],
    [[section('house', 'nothing'), section('forest', 'found')]],
  ])('cannot be said with the sections %j', (sections) => {
    expect(() => nothing({ signal: 'x', sections })).toThrow(incomplete);
  });

  it('cannot be said when a row was unreadable', () => {
    expect(() =>
      nothing({ signal: 'x', sections: [section('accounts', 'nothing')], dropped: { unreadable: 1 } }),
    ).toThrow(incomplete);
  });

  it('does not depend on details of assets that are not there', () => {
    const sections = [
      section('accounts', 'nothing'),
      section('encumbrances', 'no-answer', 'unavailable'),
      section('transactions', 'not-asked'),
    ];
    expect(nothing({ signal: 'x', sections }).verdict).toBe('nothing');
  });
});

describe('no answer', () => {
  it('keeps what the agency told', () => {
    const said = noAnswer('returned', { reasonText: '文书无法打开', contactPhone: '000-00000000' });
    expect(saidSchema.parse(said)).toEqual(said);
  });
});
