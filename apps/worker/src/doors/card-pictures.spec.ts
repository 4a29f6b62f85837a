import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Officer, RegisteredOfficer } from '#contracts';
import { CardPictureMissing, readCardPictures } from './card-pictures.ts';

let folder = '';
let config = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chakong-cards-'));
  config = join(folder, 'config');
  await mkdir(join(config, 'cards'), { recursive: true });
  await mkdir(join(folder, 'config-of-somebody'));
  await writeFile(join(config, 'cards', 'work.JPG'), 'picture');
  await writeFile(join(folder, 'secret.jpg'), 'secret');
  await writeFile(join(folder, 'config-of-somebody', 'card.jpg'), 'secret');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const registered = (workCardFile: string | null): RegisteredOfficer => ({
  ...{ userId: 'usr_1', name: '承办人甲', courtCode: '990100', courtName: '示例市法院', roles: ['officer'] },
  ...{
    agencyIds: [],
    registrations: [],
    phone: null,
    workCardNo: 'G1',
    workCardFile,
    dutyCardNo: null,
    dutyCardFile: null,
  },
});
const officer: Officer = { id: 'usr_1', name: '承办人甲', phone: null, workCardNo: 'G1', dutyCardNo: null };

describe('the pictures of the cards', () => {
  it('are given with name and numbers of the officer who asks', async () => {
    const pictures = await readCardPictures(config, [registered('cards/work.JPG')]);
    expect(pictures.of(officer)).toEqual({
      officerName: '承办人甲',
      workCardNo: 'G1',
      workCard: { fileName: 'work.JPG', fileType: 'jpg', bytes: Buffer.from('picture') },
      dutyCardNo: null,
      dutyCard: null,
    });
  });

  it('are missing for whom the register names none', async () => {
    const pictures = await readCardPictures(config, [registered(null)]);
    expect(pictures.of(officer).workCard).toBeNull();
    expect(pictures.of({ ...officer, id: 'usr_2' }).workCard).toBeNull();
  });

  it.each(['../secret.jpg', 'cards/../../secret.jpg', '../config-of-somebody/card.jpg', '.'])(
    'are not read from outside the configuration folder: %s',
    async (file) => {
      await expect(readCardPictures(config, [registered(file)])).rejects.toThrow(CardPictureMissing);
      await expect(readCardPictures(config, [registered(join(folder, file))])).rejects.toThrow(CardPictureMissing);
    },
  );

  it('must be there when they are named', async () => {
    await expect(readCardPictures(config, [registered('cards/other.jpg')])).rejects.toMatchObject({
      code: 'card-picture-missing',
    });
  });
});
