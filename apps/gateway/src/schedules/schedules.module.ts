import { Module } from '@nestjs/common';
import { ScheduleRunsController } from './schedule-runs.controller.ts';
import { SchedulesController } from './schedules.controller.ts';

@Module({ controllers: [SchedulesController, ScheduleRunsController] })
export class SchedulesModule {}
