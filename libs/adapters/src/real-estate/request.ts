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

interface ProvinceKeys {
  readonly token: string;
  readonly openId: string;
  readonly requestNumber: string;
  readonly agency: Agency;
}

/** The real-time query (`sscx`). The platform wants "" where nothing is known, never null. */
export function toProvinceQuery(inquiry: Inquiry, settings: ProvinceSettings, keys: ProvinceKeys) {
  const { areaCode, realTime, scope } = settings;
  const { name, idType, idNumber } = wanted(inquiry, settings);
  return {
    head: { xzqdm: areaCode, token: keys.token, cxjgbs: realTime.askingBody, openid: keys.openId },
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

export function toTokenQuery({ areaCode, credentials }: ProvinceSettings, password: string) {
  return { head: { xzqdm: areaCode }, data: { username: credentials.username, password } };
}

/** One page of a city's answer; pages count from 1. */
export function toCityQuery(inquiry: Inquiry, settings: CitySettings, keys: { page: number; password: string }) {
  const { areaCode, credentials, orgId, pageSize, scope } = settings;
  const { name, idType, idNumber } = wanted(inquiry, settings);
  const { username } = credentials;
  return {
    head: { username, password: keys.password, regioncode: areaCode, orgid: orgId, size: pageSize, page: keys.page },
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
