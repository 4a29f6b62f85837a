import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { CaseDocument, Officer, OfficerCards, RegisteredOfficer } from '#contracts';

/** Pictures of the officers' cards (工作证、执行公务证), which agencies compare with name and number. */
export interface CardPictures {
  of(officer: Officer): OfficerCards;
}

/** A picture that is named in the register and cannot be read, or lies outside the configuration folder. */
export class CardPictureMissing extends Error {
  override readonly name = 'CardPictureMissing';
  readonly code = 'card-picture-missing';
}

/** Reads all pictures once, at start. Throws CardPictureMissing naming the officer's id and the file. */
export async function readCardPictures(
  configDir: string,
  officers: readonly RegisteredOfficer[],
): Promise<CardPictures> {
  const root = resolve(configDir);
  const pictures = new Map<string, Pick<OfficerCards, 'workCard' | 'dutyCard'>>();
  for (const { userId, workCardFile, dutyCardFile } of officers) {
    pictures.set(userId, {
      workCard: workCardFile === null ? null : await readPicture(root, workCardFile, userId),
      dutyCard: dutyCardFile === null ? null : await readPicture(root, dutyCardFile, userId),
    });
  }
  return {
    of: ({ id, name, workCardNo, dutyCardNo }) => ({
      officerName: name,
      workCardNo,
      workCard: pictures.get(id)?.workCard ?? null,
      dutyCardNo,
      dutyCard: pictures.get(id)?.dutyCard ?? null,
    }),
  };
}

async function readPicture(root: string, file: string, userId: string): Promise<CaseDocument> {
  const path = resolve(root, file);
  const fileType = extname(path).slice(1).toLowerCase();
  if (!path.startsWith(root + sep))
    throw new CardPictureMissing(`officers.yaml: the card of ${userId} lies outside the configuration folder`);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CardPictureMissing(`officers.yaml: the card ${file} of ${userId} cannot be read`, { cause });
  });
  return {
    fileName:
      path
        .slice(root.length + 1)
        .split(sep)
        .at(-1) ?? file,
    fileType,
    bytes,
  };
}
