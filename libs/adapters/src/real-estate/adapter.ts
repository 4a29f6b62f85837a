import type { Adapter } from '#contracts';
import { openCity } from './city.ts';
import { openProvince } from './province.ts';
import { settingsSchema } from './settings.ts';

/**
 * Real-estate registries (不动产登记机构) that are called: provincial JSON in real time, and city REST (real-estate.md).
 * Before: the channel asks through its guards (libs/adapter-kit/src/channel.ts). Here: `province.ts` and `city.ts` speak
 * the wire, `translate.ts` judges what a registry said. After: the channel stamps it into an answer.
 */
export const realEstate: Adapter<typeof settingsSchema> = {
  manifest: {
    id: 'real-estate',
    version: '1.0.0',
    modes: ['call'],
    categories: ['real-estate'],
    debtorKinds: ['natural', 'legal', 'other'],
    matchRule: { natural: 'name-and-id', organisation: 'name-or-id' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    assetKinds: ['real-estate'],
    sections: [
      'land-ownership',
      'land-use',
      'house',
      'sea-use',
      'structure',
      'forest',
      'mortgage',
      'advance-notice',
      'seizure',
    ],
    delivers: [
      'unitCode unitCodeValid certificateNo certificatePrintNo areaCode registryOffice',
      'buildingArea exclusiveArea sharedArea landArea rightArea areaUnit use nature',
      'rightNature structureType floorsTotal completedOn rightFrom rightTo rightStatus',
      'registeredAt transactionPrice businessNo mortgagedFlag seizedFlag extra remark',
      'agencyRecordId asOf asOfKind encumbrances coRights',
    ]
      .flatMap((line) => line.split(' '))
      .map((field) => `real-estate.${field}`),
    legalPrerequisites: [
      { zh: '协助查询通知书', en: 'Notice of assistance in inquiring' },
      { zh: '执行人员工作证和执行公务证', en: 'Work card and duty card of the enforcement officer' },
    ],
  },
  settings: settingsSchema,
  open: ({ settings, ...ports }) =>
    settings.wire === 'province-json' ? openProvince({ ...ports, settings }) : openCity({ ...ports, settings }),
};
