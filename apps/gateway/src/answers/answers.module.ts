import { Module } from '@nestjs/common';
import { AnswersController } from './answers.controller.ts';
import { ManualTasksController } from './manual-tasks.controller.ts';

@Module({ controllers: [AnswersController, ManualTasksController] })
export class AnswersModule {}
