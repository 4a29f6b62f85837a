import { z } from 'zod';

/** A manual channel has nothing to set: who may answer for which agency is in the register of people. */
export const settingsSchema = z.strictObject({});
