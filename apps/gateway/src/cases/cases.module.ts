import { Module } from '@nestjs/common';
import { CaseOfficersController } from './case-officers.controller.ts';
import { CasesController } from './cases.controller.ts';
import { DebtorsController } from './debtors.controller.ts';
import { HandOversController } from './hand-overs.controller.ts';

@Module({ controllers: [CasesController, DebtorsController, CaseOfficersController, HandOversController] })
export class CasesModule {}
