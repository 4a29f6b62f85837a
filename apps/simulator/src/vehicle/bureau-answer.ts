import type { Agency } from '#contracts';
import { holdingsOf } from '../world/holdings.ts';
import { kindOfId, registeredName, shortForm, thirdPartyId, worldKey } from '../world/person.ts';
import type { Scenario } from '../world/scenario.ts';
import type { Vehicle } from '../world/vehicles.ts';

/** What stands in the answer document. `rows` null: no body at all; `rownum` null: not said. */
export interface BureauAnswer {
  readonly code: string;
  readonly message: string;
  readonly rownum: number | null;
  readonly rows: readonly Readonly<Record<string, string>>[] | null;
}

export interface SealedVehicle {
  readonly idNumber: string;
  readonly vehicle: Vehicle;
}

export interface VehicleQuestion {
  readonly seed: number;
  readonly agency: Agency;
  readonly idNumber: string;
  /** Is told every vehicle of the answer. */
  readonly tell: (sealed: SealedVehicle) => void;
}

const nothing: BureauAnswer = { code: '1', message: 'ok', rownum: 0, rows: [] };
const failing = (code: string, message: string): BureauAnswer => ({ code, message, rownum: null, rows: null });

/** The vehicles of the owner with this number (vehicle.md §2): the bureau searches by number alone and tells the owner's name. */
export function vehiclesAnswer(question: VehicleQuestion, scenario: Scenario): BureauAnswer {
  const spoken = outOfTheOrdinary(scenario);
  if (spoken !== null) return spoken;
  const { seed, agency, idNumber } = question;
  const { vehicles } = holdingsOf({ seed, debtor: { idNumber }, agency });
  if (vehicles.length === 0) return nothing;
  const rows = vehicles.map((vehicle) => {
    question.tell({ idNumber, vehicle });
    return vehicleRow(vehicle, idNumber, scenario);
  });
  const rownum = scenario === 'half-answer' ? rows.length + 1 : rows.length;
  return { code: '1', message: '数据下载成功', rownum, rows };
}

function outOfTheOrdinary(scenario: Scenario): BureauAnswer | null {
  switch (scenario) {
    case 'failure-told-as-nothing':
      return nothing;
    case 'nothing-lookalike':
      return { code: '1', message: 'ok', rownum: null, rows: [] };
    case 'empty-list':
      return { code: '0', message: '系统异常', rownum: 0, rows: [] };
    case 'agency-failure':
      return failing('0', '系统异常');
    case 'refused':
      return failing('9', '不予查询');
    case 'returned':
    case 'returned-by-message':
      return failing('8', '文书不清晰，请重新提交');
    case 'unauthorized':
      return failing('-2', '接口序列号未授权');
    default:
      return null;
  }
}

function vehicleRow(vehicle: Vehicle, idNumber: string, scenario: Scenario): Readonly<Record<string, string>> {
  const owner = ownerOf(vehicle, idNumber, scenario);
  const isRenamed = scenario === 'renamed-field';
  return {
    hpzl: vehicle.plateClass,
    [isRenamed ? 'cphm' : 'hphm']: vehicle.plateNumber,
    clpp1: vehicle.brand,
    clxh: vehicle.model,
    clsbdh: vehicle.vin,
    fdjh: vehicle.engineNumber,
    cllx: vehicle.plateClass === '01' ? 'H11' : 'K33',
    csys: vehicle.colour,
    syxz: 'A',
    syr: owner.name,
    sfzmmc: owner.letter,
    [isRenamed ? 'sfzh' : 'sfzmhm']: owner.idNumber,
    ccdjrq: scenario === 'bad-date' ? '2019-04-45' : vehicle.firstRegisteredOn,
    yxqz: vehicle.inspectionValidTo,
    zt: vehicle.statuses,
  };
}

function ownerOf(vehicle: Vehicle, idNumber: string, scenario: Scenario) {
  const key = worldKey(idNumber);
  const letter = kindOfId(key) === 'natural' ? 'A' : 'B';
  const name = registeredName(key);
  if (scenario === 'other-person')
    return { name: '另外一人', letter: 'A', idNumber: thirdPartyId('other-owner', vehicle.vin) };
  if (scenario === 'ambiguous') return { name, letter: 'A', idNumber: '' };
  if (scenario === 'old-id') return { name, letter, idNumber: letter === 'A' ? shortForm(key) : key.slice(8, 17) };
  return { name, letter, idNumber: key };
}

/** The seals of one vehicle. Who is asked about a vehicle it has not told of does not say that there are none. */
export function sealsAnswer(sealed: SealedVehicle | null, scenario: Scenario): BureauAnswer {
  if (scenario === 'seals-down') return failing('http-503', '系统异常');
  if (sealed === null) return failing('7', '车辆不存在');
  const spoken = outOfTheOrdinary(scenario);
  if (spoken !== null && spoken !== nothing) return spoken;
  const { seals } = sealed.vehicle;
  const rows = seals.map(({ sequence, inForce, startsOn, endsOn }) => ({
    xh: sequence,
    sdbj: inForce ? '1' : '0',
    cfqsrq: startsOn,
    cfjsrq: endsOn,
  }));
  return { code: '1', message: 'ok', rownum: rows.length, rows };
}
