import { type Adapter, manualCategories } from '#contracts';
import { settingsSchema } from './settings.ts';

/**
 * Agencies without an interface: a clerk reads the asking in a list and enters the answer (人工反馈). Nothing travels
 * over a wire, so the session can do nothing; the plan, the tasks and the clock need the manifest only.
 * Before: the shard lays its tasks open (apps/worker/src/deliver-shard.ts). After: the form becomes what was said
 * (libs/inquiry/src/manual-answer.ts).
 */
export const manual: Adapter<typeof settingsSchema> = {
  manifest: {
    id: 'manual',
    version: '1.0.0',
    modes: ['manual'],
    categories: manualCategories.map(({ category }) => category),
    debtorKinds: ['natural', 'legal', 'other'],
    matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    assetKinds: [...new Set(manualCategories.map(({ assetKind }) => assetKind))],
    sections: [...new Set(manualCategories.flatMap(({ existence }) => existence))],
    delivers: [
      ...['deposit-account.accountClass', 'deposit-account.balance', 'deposit-account.encumbrances'],
      ...['real-estate.certificateNo', 'real-estate.buildingArea', 'real-estate.encumbrances'],
      ...['vehicle.vin', 'vehicle.statusCodes', 'vehicle.encumbrances'],
    ],
    legalPrerequisites: [
      { zh: '协助查询通知书', en: 'Notice of assistance in inquiring' },
      { zh: '执行人员工作证和执行公务证', en: 'Work card and duty card of the enforcement officer' },
    ],
  },
  settings: settingsSchema,
  open: () => ({}),
};
