import { Module } from '@nestjs/common';
import { ApprovalStepsController } from './approval-steps.controller.ts';
import { ApprovalsController } from './approvals.controller.ts';

@Module({ controllers: [ApprovalsController, ApprovalStepsController] })
export class ApprovalsModule {}
