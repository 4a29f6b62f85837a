import { z } from 'zod';

/** A point in time with its offset, such as 2026-11-01T09:00:00+08:00. */
export const instantSchema = z.iso.datetime({ offset: true });
export const dateSchema = z.iso.date();

/** Some agencies give only a day; a day is then kept as a day, never padded with 00:00. */
export const whenSchema = z.union([dateSchema, instantSchema]);

/** How the agency dates its data: it stamps its answer, gives the date of the entry, or copies a snapshot. domain.md §8. */
export const asOfKindSchema = z.enum(['reply-time', 'register-date', 'snapshot']);

export type AsOfKind = z.infer<typeof asOfKindSchema>;
