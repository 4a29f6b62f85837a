import { Module } from '@nestjs/common';
import { CaseMatrixController } from './case-matrix.controller.ts';
import { DeskController } from './desk.controller.ts';
import { SearchesController } from './searches.controller.ts';

@Module({ controllers: [DeskController, CaseMatrixController, SearchesController] })
export class DeskModule {}
