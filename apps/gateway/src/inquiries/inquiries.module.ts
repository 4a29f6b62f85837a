import { Module } from '@nestjs/common';
import { EventsController } from '../events/events.controller.ts';
import { InquiriesController } from './inquiries.controller.ts';
import { InquiryWorkController } from './inquiry-work.controller.ts';
import { LinesController } from './lines.controller.ts';

@Module({ controllers: [InquiriesController, InquiryWorkController, LinesController, EventsController] })
export class InquiriesModule {}
