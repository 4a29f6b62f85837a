import { readFileSync } from 'node:fs';
import { variables } from '#platform';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { repository } from './small-tree.ts';

type Service = { environment: Record<string, unknown>; command: string[]; secrets?: string[] };
type Compose = { services: Record<string, Service>; secrets: Record<string, unknown> };

const compose = parse(readFileSync(`${repository}docker-compose.yml`, 'utf8'), { merge: true }) as Compose;
const { gateway, worker } = compose.services;

const known = new Set(variables().flatMap(([, { name, isSecret }]) => (isSecret ? [name, `${name}_FILE`] : [name])));
const unknownNames = (service: Service | undefined): string[] =>
  Object.keys(service?.environment ?? {}).filter((name) => !known.has(name));

describe('docker-compose.yml', () => {
  it('sets only variables that the product knows', () => {
    expect(unknownNames({ environment: { CHAKONG_PORT: 1 }, command: [] })).toEqual(['CHAKONG_PORT']);
    expect([...unknownNames(gateway), ...unknownNames(worker)]).toEqual([]);
  });

  it('runs with the production profile', () => {
    expect([gateway, worker].map((service) => service?.environment['CHAKONG_PROFILE'])).toEqual([
      'production',
      'production',
    ]);
  });

  it('mounts every secret file that a service reads', () => {
    const unmounted = [gateway, worker].flatMap((service) =>
      Object.values(service?.environment ?? {})
        .map((value) => /^\/run\/secrets\/(\w+)$/.exec(String(value))?.[1])
        .filter((secret) => secret !== undefined && !service?.secrets?.includes(secret)),
    );
    expect(unmounted).toEqual([]);
    const declared = Object.keys(compose.secrets);
    const used = Object.values(compose.services).flatMap(({ secrets = [] }) => secrets);
    expect([...new Set(used)].toSorted()).toEqual(declared.toSorted());
  });
});
