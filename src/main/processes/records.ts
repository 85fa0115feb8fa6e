import { serve } from './serve.ts';
import { openRecordsService } from './records-service.ts';
import { utilityPort } from './utility-port.ts';

serve(utilityPort(), openRecordsService);
