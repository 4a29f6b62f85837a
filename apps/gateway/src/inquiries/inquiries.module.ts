import { Module } from '@nestjs/common';
import { EventsController } from '../events/events.controller.ts';
import { InquiriesController } from './inquiries.controller.ts';
import { InquiryLifeController } from './inquiry-life.controller.ts';
import { InquiryWorkController } from './inquiry-work.controller.ts';
import { LinesController } from './lines.controller.ts';

@Module({
  controllers: [InquiriesController, InquiryWorkController, InquiryLifeController, LinesController, EventsController],
})
export class InquiriesModule {}
