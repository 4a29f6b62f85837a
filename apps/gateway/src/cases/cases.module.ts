import { Module } from '@nestjs/common';
import { CaseOfficersController } from './case-officers.controller.ts';
import { CasesController } from './cases.controller.ts';
import { DebtorsController } from './debtors.controller.ts';
import { HandOversController } from './hand-overs.controller.ts';
import { NotesController } from './notes.controller.ts';

@Module({
  controllers: [CasesController, DebtorsController, CaseOfficersController, HandOversController, NotesController],
})
export class CasesModule {}
