import type { Adapter } from '#contracts';
import { openDoor } from './door.ts';
import { openBatch } from './files/batch.ts';
import { unpackable } from './files/pack.ts';
import { hasBox, hasDoor, settingsSchema } from './settings.ts';
import { unsendable } from './tasks.ts';

const account = 'deposit-account';

/** Optional fields of an account that this wire can fill. */
const delivered = [
  'accountClass',
  'accountSequence',
  'agencyRecordId',
  'asOf',
  'asOfKind',
  'availableBalance',
  'balance',
  'balanceAsOf',
  'branchCode',
  'branchName',
  'closedOn',
  'coRights',
  'currency',
  'encumbrances',
  'holdings',
  'linkedSettlementAccount',
  'openedOn',
  'remark',
  'status',
  'subAccounts',
  'transactions',
];

/**
 * Banks, head office to head office (总对总; bank-zdz.md). Transport W: we play the court's SOAP service, the bank fetches
 * tasks and feeds back; every call goes through `door.ts`. Transport F: both sides exchange ZIP files through a box;
 * they are packed and opened in `files/`. What a bank said is judged in `translate.ts`, whatever it came in.
 */
export const bankZdz: Adapter<typeof settingsSchema> = {
  manifest: {
    id: 'bank-zdz',
    version: '1.0.0',
    modes: ['mailbox', 'batch'],
    categories: ['bank'],
    debtorKinds: ['natural', 'legal', 'other'],
    matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    assetKinds: [account],
    sections: ['accounts', 'encumbrances', 'co-rights', 'holdings', 'sub-accounts', 'transactions'],
    delivers: delivered.map((field) => `${account}.${field}`),
    legalPrerequisites: [
      { zh: '协助查询存款通知书', en: 'Notice of assistance in inquiring into deposits' },
      { zh: '执行人员工作证和执行公务证', en: 'Work card and duty card of the enforcement officer' },
    ],
  },
  settings: settingsSchema,
  open(ports) {
    const { settings } = ports;
    if (hasBox(settings)) {
      return {
        unsendable: (inquiry, agency) => unpackable({ requestNumber: '', agency, inquiry }, settings),
        batch: openBatch({ ...ports, settings }),
      };
    }
    if (!hasDoor(settings)) throw new TypeError('the settings name neither a door nor a box');
    return {
      doorPaths: [settings.door.path],
      unsendable: (inquiry, agency) => unsendable({ requestNumber: '', agency, inquiry }, settings),
      receive: openDoor({ ...ports, settings }),
    };
  },
};
