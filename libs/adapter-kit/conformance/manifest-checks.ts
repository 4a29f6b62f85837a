import assert from 'node:assert/strict';
import { manifestSchema, maskThirdPersons, optionalAssetFields, withoutContacts, type FoundAsset } from '#contracts';
import type { Check } from './check.ts';
import type { Fixture } from './fixtures.ts';
import { recorded } from './recorded.ts';

const canary = 'CANARY-7731';

/** What a clerk enters is read outside of adapters (libs/inquiry/src/manual-answer.ts): there is no wire to record. */
const hasWire: Check['appliesTo'] = ({ mode }) => mode !== 'manual';

/** What an adapter says about itself. */
export const manifestChecks: readonly Check[] = [
  {
    id: 'CT-01',
    says: 'is named after its folder',
    async run({ adapter, options }) {
      assert.equal(adapter.manifest.id, options.folder.pathname.split('/').at(-2));
    },
  },
  {
    id: 'CT-02',
    says: 'has a valid manifest that is plain data',
    async run({ adapter: { manifest } }) {
      assert.deepEqual(manifestSchema.safeParse(JSON.parse(JSON.stringify(manifest))).data, manifest);
    },
  },
  {
    id: 'CT-03',
    says: 'refuses settings it does not know, without repeating their values',
    async run({ adapter, options }) {
      assert.ok(adapter.settings.safeParse(options.settings).success, 'the settings of the spec were not accepted');
      const { error } = adapter.settings.safeParse({ ...options.settings, surprise: canary });
      assert.ok(error, 'unknown settings were accepted');
      assert.ok(!JSON.stringify(error.issues).includes(canary), 'a value of the settings was repeated');
    },
  },
  {
    id: 'CT-04',
    says: 'can work in the mode it declares',
    async run({ adapter, mode, session }) {
      assert.ok(adapter.manifest.modes.includes(mode), `the manifest does not name the mode ${mode}`);
      if (mode === 'manual') return; // a clerk needs nothing of the session
      if (mode === 'call') assert.ok(session.ask, 'no ask');
      else if (mode === 'ticket') assert.ok(session.submit && session.collect, 'no submit, or no collect');
      else assert.ok(session.receive && session.doorPaths?.length, 'no receive, or no path of the door');
    },
  },
  {
    id: 'CT-05',
    appliesTo: hasWire,
    says: 'has fixtures for found, for nothing, and for an answer that is neither',
    async run({ fixtures }) {
      const lacking = (['found', 'nothing'] as const).filter((verdict) => !recorded(fixtures, verdict));
      const hasOddity = fixtures.some(({ said }) => said === undefined || said.verdict === 'no-answer');
      assert.deepEqual([...lacking, ...(hasOddity ? [] : ['neither'])], []);
    },
  },
  {
    id: 'CT-06',
    appliesTo: hasWire,
    says: 'delivers exactly the kinds and fields that its manifest names',
    async run({ adapter: { manifest }, allFixtures }) {
      const assets = allFixtures.flatMap(({ said }) => said?.assets ?? []);
      assert.deepEqual(sorted(assets.map(({ kind }) => kind)), sorted(manifest.assetKinds), 'kinds of asset');
      assert.deepEqual(sorted(assets.flatMap(filledFields)), sorted(manifest.delivers), 'fields');
    },
  },
  {
    id: 'CT-07',
    says: 'answers for the sections that its manifest names, and no others',
    async run({ adapter: { manifest }, allFixtures }) {
      const named = new Set<string>(manifest.sections);
      assert.deepEqual(
        sectionsOf(allFixtures).filter((name) => !named.has(name)),
        [],
      );
    },
  },
  {
    id: 'CT-08',
    says: 'hands over no contact data, and of other people no number in clear',
    async run({ allFixtures }) {
      const telling = [...allFixtures.filter(({ said }) => said?.assets?.some(tellsTooMuch)).map(({ name }) => name)];
      assert.deepEqual(
        telling,
        [],
        'the kit would have to cut it out: leave it on the wire, and count it as minimised',
      );
    },
  },
];

/** Names are masked by the kit, for an adapter may need them to tell the debtor from others. */
function tellsTooMuch(asset: FoundAsset): boolean {
  const masks = { names: 0, numbers: 0 };
  maskThirdPersons(asset, masks);
  return masks.numbers > 0 || withoutContacts(asset).count > 0;
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const sectionsOf = (fixtures: readonly Fixture[]): readonly string[] =>
  sorted(
    fixtures.flatMap(
      ({ said }) => said?.sections.filter(({ verdict }) => verdict !== 'not-asked').map(({ name }) => name) ?? [],
    ),
  );

const filledFields = (asset: FoundAsset): readonly string[] => {
  const filled = new Set(Object.entries(asset).flatMap(([field, value]) => (value === null ? [] : [field])));
  return (optionalAssetFields.get(asset.kind) ?? [])
    .filter((field) => filled.has(field))
    .map((field) => `${asset.kind}.${field}`);
};
