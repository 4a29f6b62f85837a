/** One line of the bench. `pass` is true where there is no budget. */
export interface Figure {
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly budget: number | null;
  readonly pass: boolean;
  readonly detail: string;
  readonly peer: Readonly<Record<string, number>>;
}

/** Rounded, and held against its budget. */
export const figure = (of: Omit<Figure, 'pass'>): Figure => ({
  ...of,
  value: round(of.value),
  pass: of.budget === null || of.value <= of.budget,
  peer: Object.fromEntries(Object.entries(of.peer).map(([name, value]) => [name, round(value)])),
});

/** Two digits behind the point. */
export const round = (value: number): number => Math.round(value * 100) / 100;
