import { NoAnswer, type Agency, type Inquiry } from '#contracts';
import type { CitySettings, ProvinceSettings } from './settings.ts';

/** Whom the registry is asked about, in its own codes. */
interface Wanted {
  readonly name: string;
  readonly idType: string;
  readonly idNumber: string;
}

function wanted({ debtor }: Inquiry, { idTypeCodes }: Pick<ProvinceSettings, 'idTypeCodes'>): Wanted {
  const [{ type, normalised }] = debtor.ids;
  const idType = idTypeCodes[type];
  if (idType === undefined) {
    throw new NoAnswer('identity-mismatch', 'a type of identifier that this registry has no code for', {
      reasonCode: 'id-type-not-carried',
    });
  }
  return { name: debtor.name, idType, idNumber: normalised };
}

/** The area as the registry has it: declared for the channel, or the agency's region, or its code. */
function areaOf(agency: Agency, areaCode: string | null): string {
  return areaCode ?? agency.region ?? agency.code;
}

interface ProvinceKeys {
  readonly token: string;
  readonly openId: string;
  readonly requestNumber: string;
  readonly agency: Agency;
}

/** The real-time query (`sscx`). The platform wants "" where nothing is known, never null. */
export function toProvinceQuery(inquiry: Inquiry, settings: ProvinceSettings, keys: ProvinceKeys) {
  const { realTime, scope } = settings;
  const { name, idType, idNumber } = wanted(inquiry, settings);
  return {
    head: {
      xzqdm: areaOf(keys.agency, settings.areaCode),
      token: keys.token,
      cxjgbs: realTime.askingBody,
      openid: keys.openId,
    },
    data: {
      cxsqdh: keys.requestNumber,
      xz: realTime.nature,
      xm: name,
      zjzl: idType,
      zjhm: idNumber,
      bdcqzh: '',
      bdcdyh: '',
      zl: '',
      cxqy: keys.agency.region ?? '',
      cxfw: scope === 'current' ? '1' : '0',
      wsbh: inquiry.legal.documentNumber,
    },
  };
}

export function toTokenQuery({ areaCode, credentials }: ProvinceSettings, keys: CallerKeys) {
  const data = { username: credentials.username, password: keys.password };
  return { head: { xzqdm: areaOf(keys.agency, areaCode) }, data };
}

interface CallerKeys {
  readonly agency: Agency;
  readonly password: string;
}

/** One page of a city's answer; pages count from 1. */
export function toCityQuery(inquiry: Inquiry, settings: CitySettings, keys: CallerKeys & { readonly page: number }) {
  const { credentials, orgId, pageSize, scope } = settings;
  const area = areaOf(keys.agency, settings.areaCode);
  const { name, idType, idNumber } = wanted(inquiry, settings);
  const { username } = credentials;
  return {
    head: { username, password: keys.password, regioncode: area, orgid: orgId, size: pageSize, page: keys.page },
    data: {
      qlrmc: name,
      zjh: idNumber,
      zjzl: idType,
      qsztList: scope === 'current' ? ['1'] : ['0', '1', '2', '3'],
      zslxList: settings.certificateTypes,
      dacxFlag: settings.archiveFlag,
    },
  };
}
