import { Module } from '@nestjs/common';
import { ImportFilesController } from './import-files.controller.ts';
import { ImportsController } from './imports.controller.ts';

@Module({ controllers: [ImportsController, ImportFilesController] })
export class ImportsModule {}
