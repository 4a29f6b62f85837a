import { type CoverageLine, formatRequestNumber } from '#contracts';

export type ToNumber = Pick<CoverageLine, 'agencyId' | 'channelId' | 'region'>;

/** Templates by channel id, the day, and the first of as many serials as there are lines. */
export interface Numbering {
  readonly templates: ReadonlyMap<string, string>;
  readonly date: string; // yyyyMMdd
  readonly firstSerial: number;
}

/**
 * New request numbers by agency. Asked again is asked anew: an agency may drop a request number that it knows already
 * (domain.md §5.3, `returned`).
 */
export function numbersFor(
  lines: readonly ToNumber[],
  { templates, date, firstSerial }: Numbering,
): Map<string, string> {
  return new Map(
    lines.flatMap(({ agencyId, channelId, region }, index) => {
      const template = channelId === null ? undefined : templates.get(channelId);
      const parts = { date, region, serial: firstSerial + index };
      return template === undefined ? [] : [[agencyId, formatRequestNumber(template, parts)] as const];
    }),
  );
}
