import { Module } from '@nestjs/common';
import { ManualTasksController } from './manual-tasks.controller.ts';

@Module({ controllers: [ManualTasksController] })
export class AnswersModule {}
