interface Parts {
  readonly date: string; // yyyyMMdd
  readonly region: string | null;
  readonly serial: number;
}

/**
 * Fills a channel's template, such as `A1{date}{serial:12}`: {date} yyyyMMdd, {region} six digits, {serial:n} n digits.
 * A serial longer than n keeps its last n digits, so n must fit the number of askings a day.
 */
export function formatRequestNumber(template: string, { date, region, serial }: Parts): string {
  return template
    .replace('{date}', date)
    .replace('{region}', region ?? '000000')
    .replace(/\{serial:(\d+)\}/, (_, width: string) =>
      String(serial).padStart(Number(width), '0').slice(-Number(width)),
    );
}
