import { agencyOf, describeAdapter, inquiryAbout, readFixtures, withTrial, type Trial } from '#conformance';
import { describe, expect, it } from '@jest/globals';
import { vehicle } from './adapter.ts';

const options = {
  folder: new URL('.', import.meta.url),
  settings: {
    callerSerialRef: { secret: 'vehicle-serial' },
    caller: { unitName: '某市某区人民法院', unitCode: '990100', userName: '承办人甲', terminal: '192.0.2.1' },
  },
  agencies: [agencyOf({ agencyId: 'vehicle.sample', code: '990100', category: 'vehicle', region: '990100' })],
  secrets: { 'vehicle-serial': 'synthetic-serial' },
};

describeAdapter(vehicle, options);

const fixtureNamed = (name: string) => readFixtures(options.folder).find((each) => each.name === name)!;
const bodies = ({ endpoint }: Trial): string[] => endpoint.requests.map(({ body }) => Buffer.from(body).toString());
const person = inquiryAbout('person');

/** The service of a fixture; `onSeals` says what a call for seals gets. */
function serve(trial: Trial, name: string, onSeals: () => 'silence' | { status: number; body?: string }): void {
  const [vehicles] = fixtureNamed(name).exchanges ?? [];
  trial.endpoint.behaveAs(({ body }) =>
    Buffer.from(body).toString().includes('<jkid>01C99</jkid>')
      ? onSeals()
      : { status: 200, body: vehicles?.reply.body as string },
  );
}

describe('a call to a vehicle bureau', () => {
  it('names the operation in its header and sends exactly the parameters of the release, in their order', () =>
    withTrial(vehicle, { ...options, fixture: fixtureNamed('nine-parameters') }, async (trial) => {
      trial.endpoint.behaveAs({ status: 503 });
      await trial.ask(person);
      const [sent = ''] = bodies(trial);
      const order = ['xtlb', 'jkxlh', 'jkid', 'cjsqbh', 'dwmc', 'dwjgdm', 'yhxm', 'zdbs', 'UTF8XmlDoc'];
      const names = [...sent.matchAll(/<(\w+)(?:>|\/>)/g)].map(([, name]) => name);
      expect(names.filter((name) => name !== undefined && /^(xtlb|jk|cjs|yh|dw|zd|UTF8)/.test(name))).toEqual(order);
      expect(trial.endpoint.requests[0]?.headers['soapaction']).toBe('"http://tempuri.org/queryObjectOut"');
    }));

  it('is not made about a debtor whose type of identifier has no letter', () =>
    withTrial(
      vehicle,
      { ...options, settings: { ...options.settings, ownerIdTypeLetters: { uscc: 'B' } } },
      async (trial) => {
        const { reason, reasonCode } = await trial.failureOf(person);
        expect([reason, reasonCode, trial.endpoint.requests.length]).toEqual([
          'identity-mismatch',
          'id-type-not-carried',
          0,
        ]);
      },
    ));
});

describe('the seals of vehicles', () => {
  it('are asked vehicle by vehicle, and no further once the service is down', () =>
    withTrial(vehicle, { ...options, fixture: fixtureNamed('seals-refused') }, async (trial) => {
      serve(trial, 'seals-refused', () => ({ status: 503 }));
      const said = await trial.ask(person);
      expect(said).toMatchObject({ verdict: 'found', complete: false });
      expect(said.verdict === 'found' && said.assets.map(({ encumbrances }) => encumbrances)).toEqual([null, null]);
      expect(bodies(trial)).toHaveLength(2);
      expect(trial.logged).toContain('vehicle.seals-not-read');
    }));

  it('do not turn a stopped asking into a partial answer', () =>
    withTrial(vehicle, { ...options, fixture: fixtureNamed('seals-refused') }, async (trial) => {
      const stop = new AbortController();
      serve(trial, 'seals-refused', () => {
        stop.abort();
        return 'silence';
      });
      expect((await trial.failureOf(person, stop.signal)).reason).toBe('cancelled');
    }));
});
