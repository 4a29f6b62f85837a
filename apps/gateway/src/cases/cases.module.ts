import { Module } from '@nestjs/common';
import { CasesController } from './cases.controller.ts';
import { DebtorsController } from './debtors.controller.ts';

@Module({ controllers: [CasesController, DebtorsController] })
export class CasesModule {}
