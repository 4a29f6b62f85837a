import { readdirSync, readFileSync } from 'node:fs';
import { agencyOf, describeAdapter } from '#conformance';
import { manualFormSchema, saidSchema } from '#contracts';
import { readManualForm } from '#inquiry';
import { describe, expect, it } from '@jest/globals';
import { manual } from './adapter.ts';

const folder = new URL('.', import.meta.url);

describeAdapter(manual, {
  folder,
  config: { mode: 'manual' },
  settings: {},
  agencies: [agencyOf({ agencyId: 'registry.sample', code: '990199', category: 'real-estate' })],
  secrets: {},
});

const forms = readdirSync(new URL('fixtures/forms/', folder)).map((file) => {
  const written: unknown = JSON.parse(readFileSync(new URL(`fixtures/forms/${file}`, folder), 'utf8'));
  return { name: file.slice(0, -'.json'.length), form: manualFormSchema.parse(written) };
});

describe('a filled-in form', () => {
  it.each(forms)('$name becomes what the agency said, in the sections of the manifest', ({ form, name }) => {
    const reading = readManualForm(form, { category: 'real-estate', documents: 1 });
    if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
    expect(saidSchema.parse(reading.said)).toEqual(reading.said);
    expect(reading.said.verdict).toBe(name);
    const sections = reading.said.sections.map((section) => section.name);
    expect(sections.filter((section) => !manual.manifest.sections.includes(section))).toEqual([]);
    expect(sections.length > 0).toBe(name !== 'no-answer');
  });
});
