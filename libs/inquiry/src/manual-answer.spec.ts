import { manualCategories, manualFormSchema, saidSchema } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { readManualForm, saidOfStatement } from './manual-answer.ts';

const noRecord = { statement: 'no-record', checkedNameAndNumber: true, fileIds: ['file_1'] };
const read = (written: object, documents = 1, category: 'real-estate' | 'insurance' = 'real-estate') =>
  readManualForm(manualFormSchema.parse(written), { category, documents });
const pointers = (reading: ReturnType<typeof read>) =>
  'problems' in reading ? reading.problems.map(({ pointer }) => pointer) : [];
const house = (rightKind = 'house') => ({
  ...{ kind: 'real-estate', rightKind, location: '某县某镇示例路1号', onlyHomeHint: 'unknown', warnings: [] },
  ...Object.fromEntries(
    [
      ...['unitCode', 'unitCodeValid', 'certificateNo', 'certificatePrintNo', 'areaCode', 'registryOffice'],
      ...['buildingArea', 'exclusiveArea', 'sharedArea', 'landArea', 'rightArea', 'areaUnit', 'use', 'nature'],
      ...['rightNature', 'structureType', 'floorsTotal', 'completedOn', 'rightFrom', 'rightTo', 'rightStatus'],
      ...['registeredAt', 'transactionPrice', 'businessNo', 'mortgagedFlag', 'seizedFlag', 'extra', 'agencyRecordId'],
      ...['asOf', 'asOfKind', 'disputed', 'encumbrances', 'coRights', 'remark'],
    ].map((field) => [field, null]),
  ),
  match: { basis: ['name', 'id18'], confidence: 'strong', returnedName: null, returnedIdMasked: null },
});
const assets = (change: object) => ({
  ...{ statement: 'assets', checkedNameAndNumber: true, complete: true, assets: [house()] },
  ...change,
});

describe('a form that says there is no record', () => {
  it('becomes nothing, explicitly in every part that could hold something', () => {
    const reading = read({ ...noRecord, asOf: '2026-11-20' });
    if ('problems' in reading) throw new Error('refused');
    expect(saidSchema.parse(reading.said)).toMatchObject({
      verdict: 'nothing',
      signal: 'manual-no-record',
      asOf: '2026-11-20',
    });
    const existence = manualCategories.find(({ category }) => category === 'real-estate')?.existence;
    expect(reading.said.sections.map(({ name, verdict }) => [name, verdict])).toEqual(
      existence?.map((name) => [name, 'nothing']),
    );
  });

  it.each([
    { says: 'without the check', change: { checkedNameAndNumber: false }, documents: 1, at: ['/checkedNameAndNumber'] },
    {
      says: 'with the check left out',
      change: { checkedNameAndNumber: undefined },
      documents: 1,
      at: ['/checkedNameAndNumber'],
    },
    { says: 'without a document', change: { fileIds: [] }, documents: 0, at: ['/fileIds'] },
    {
      says: 'with neither',
      change: { checkedNameAndNumber: false, fileIds: [] },
      documents: 0,
      at: ['/checkedNameAndNumber', '/fileIds'],
    },
  ])('is a problem $says, never nothing', ({ change, documents, at }) => {
    expect(pointers(read({ ...noRecord, ...change }, documents))).toEqual(at);
  });
});

describe('a form with assets', () => {
  it('answers the parts that hold one, and the others only when it is complete', () => {
    const verdicts = (complete: boolean) => {
      const reading = read(assets({ complete }), 0);
      if ('problems' in reading) throw new Error('refused');
      expect(reading.said).toMatchObject({ verdict: 'found', complete, asOf: null, asOfKind: null });
      return Object.fromEntries(reading.said.sections.map(({ name, verdict }) => [name, verdict]));
    };
    expect(verdicts(true)).toMatchObject({ house: 'found', 'land-use': 'nothing' });
    expect(verdicts(false)).toMatchObject({ house: 'found', 'land-use': 'no-answer' });
  });

  it('is a problem without the check, or with assets of another kind', () => {
    expect(pointers(read(assets({ checkedNameAndNumber: false })))).toEqual(['/checkedNameAndNumber']);
    const reading = readManualForm(manualFormSchema.parse(assets({})), { category: 'vehicle', documents: 1 });
    expect(pointers(reading)).toEqual(['/assets/0/kind']);
    expect(manualFormSchema.safeParse(assets({ assets: [] })).success).toBe(false);
  });

  it('is a problem for a category nobody answers by hand', () => {
    expect(pointers(read(noRecord, 1, 'insurance'))).toEqual(['/statement']);
  });
});

describe('what is no answer', () => {
  it('keeps reason, words and contact', () => {
    const words = { reasonText: '文书不清晰', contactName: '经办人甲', contactPhone: '000-00000000' };
    expect(read({ statement: 'cannot-answer', reason: 'returned', ...words }, 0)).toMatchObject({
      said: { verdict: 'no-answer', reason: 'returned', ...words, assets: null },
    });
    expect(manualFormSchema.safeParse({ statement: 'cannot-answer', reason: 'pending', ...words }).success).toBe(false);
    const stated = { agencyId: 'vehicle.a', category: 'vehicle', receivedOn: '2026-11-02', fileId: null } as const;
    expect(saidSchema.parse(saidOfStatement({ ...stated, statement: 'objected', ...words }))).toMatchObject({
      reason: 'objected',
      receivedOn: '2026-11-02',
    });
  });
});
