import { describeAdapter } from '../describe-adapter.ts';
import { boxOptions, deskOptions, hubOptions } from './options.ts';
import { sampleBox } from './sample-box/adapter.ts';
import { sampleDesk } from './sample-desk/adapter.ts';
import { sampleHub } from './sample-hub/adapter.ts';

describeAdapter(sampleHub, hubOptions);
describeAdapter(sampleDesk, deskOptions);
describeAdapter(sampleBox, boxOptions);
