import { readSoapReply, soapCall } from '#adapter-kit';
import { NoAnswer, type Adapter, type AdapterPorts, type AdapterSession, type Inquiry, type Reason } from '#contracts';
import { readSeals, type SealsRead } from './seals.ts';
import { settingsSchema, type VehicleSettings } from './settings.ts';
import { failureOf, readGarage, toSaid, type Owned } from './translate.ts';
import { readReply, writeCondition, type Reply } from './wire.ts';

/**
 * Vehicle bureaus (公安交管): the owner's vehicles in one call, then the seals of each in a call of its own (vehicle.md).
 * Before: the channel asks through its guards (libs/adapter-kit/src/channel.ts). Here: `wire.ts` reads and writes,
 * `translate.ts` judges what a bureau said. After: the channel stamps it into an answer.
 */
export const vehicle: Adapter<typeof settingsSchema> = {
  manifest: {
    id: 'vehicle',
    version: '1.0.0',
    modes: ['call'],
    categories: ['vehicle'],
    debtorKinds: ['natural', 'legal', 'other'],
    matchRule: { natural: 'id-only', organisation: 'id-only' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    assetKinds: ['vehicle'],
    sections: ['vehicles', 'seals'],
    delivers: [
      'plateClass vin engineNumber engineModel brand model vehicleType colour energyType',
      'use ownerIdMasked ownerIdType firstRegisteredOn issuedBy office inspectionValidTo',
      'scrapOn insuranceEndsOn statusCodes mortgaged certificateNo encumbrances',
    ]
      .flatMap((line) => line.split(' '))
      .map((field) => `vehicle.${field}`),
    legalPrerequisites: [
      { zh: '协助查询通知书', en: 'Notice of assistance in inquiring' },
      { zh: '执行人员工作证和执行公务证', en: 'Work card and duty card of the enforcement officer' },
    ],
  },
  settings: settingsSchema,
  open: openSession,
};

const namespace = 'http://tempuri.org/';
const operation = 'queryObjectOut';

type Condition = Readonly<Record<string, string>>;
/** One `queryObjectOut`: the number of the interface and what it is asked for. */
type Query = (interfaceNumber: string, condition: Condition) => Promise<Reply>;

function openSession({ settings, secret, log }: AdapterPorts<VehicleSettings>): AdapterSession {
  const serial = secret(settings.callerSerialRef.secret);
  const path = settings.path ?? `/services/${settings.serviceName}`;
  const headers = { 'content-type': 'text/xml; charset=UTF-8', soapaction: `"${namespace}${operation}"` };
  return {
    async ask(inquiry, { http }, signal) {
      const query: Query = async (interfaceNumber, condition) => {
        const args = argumentsOf(settings, { serial, interfaceNumber, document: writeCondition(condition, settings) });
        const body = soapCall(namespace, operation, args, 'tem');
        const reply = await http.send(path, { method: 'POST', headers, body, signal });
        return readReply(readSoapReply(reply.body), settings);
      };
      const reply = await query(settings.interfaces.vehicle, ownerCondition(inquiry, settings));
      const garage = failureOf(reply, settings) ?? readGarage(reply, inquiry.debtor, settings);
      if ('verdict' in garage) return garage;
      return toSaid(garage, await askSeals(garage.owned, { settings, query, log }));
    },
  };
}

interface Call {
  readonly serial: string;
  readonly interfaceNumber: string;
  readonly document: string;
}

/** The parameters this release takes, in its order: the list is the contract. */
function argumentsOf({ parameters, system, caller }: VehicleSettings, { serial, interfaceNumber, document }: Call) {
  const texts = {
    xtlb: system,
    jkxlh: serial,
    jkid: interfaceNumber,
    cjsqbh: caller.applicationNo,
    yhbz: caller.userMark,
    dwmc: caller.unitName,
    dwjgdm: caller.unitCode,
    yhxm: caller.userName,
    zdbs: caller.terminal,
    UTF8XmlDoc: document,
  };
  return parameters.map((name) => ({ name, text: texts[name] }));
}

function ownerCondition({ debtor }: Inquiry, { ownerIdTypeLetters }: VehicleSettings): Condition {
  const [{ type, normalised }] = debtor.ids;
  const letter = ownerIdTypeLetters[type];
  if (letter === undefined) {
    throw new NoAnswer('identity-mismatch', 'a type of identifier that this bureau has no letter for', {
      reasonCode: 'id-type-not-carried',
    });
  }
  return { sfzmmc: letter, sfzmhm: normalised, syr: debtor.name };
}

interface SealCalls {
  readonly settings: VehicleSettings;
  readonly query: Query;
  readonly log: AdapterPorts<VehicleSettings>['log'];
}

/** Reasons after which the next vehicle's call would fare no better. */
const pointless: ReadonlySet<Reason> = new Set(['unavailable', 'throttled', 'unauthorized', 'outside-hours']);

/** One call per vehicle of the debtor; candidates by name are somebody else's until confirmed, and are not asked. */
async function askSeals(owned: readonly Owned[], { settings, query, log }: SealCalls): Promise<(SealsRead | null)[]> {
  const jkid = settings.interfaces.seals;
  const reads: (SealsRead | null)[] = [];
  let asked = 0;
  let stopped: Reason | null = null;
  for (const each of owned) {
    if (jkid === null || each.vehicle.match.confidence === 'name-only') {
      reads.push(null);
      continue;
    }
    if (stopped === null && asked === settings.maxSealCalls) stopped = 'incomplete';
    const read: SealsRead = stopped === null ? await askOne(each, jkid) : { missing: stopped };
    asked += 1;
    if ('missing' in read && pointless.has(read.missing)) stopped = read.missing;
    reads.push(read);
  }
  return reads;

  async function askOne({ row }: Owned, interfaceNumber: string): Promise<SealsRead> {
    try {
      const condition = {
        hpzl: row['hpzl'] ?? '',
        hphm: row['hphm'] ?? row['hpzm'] ?? '',
        clsbdh: row['clsbdh'] ?? '',
      };
      const reply = await query(interfaceNumber, condition);
      const failure = failureOf(reply, settings);
      return failure ? { missing: failure.reason } : readSeals(reply, settings.emptyBodyMeansNothing);
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.reason === 'cancelled') throw error;
      log.warn('vehicle.seals-not-read', { reason: error.reason });
      return { missing: error.reason };
    }
  }
}
