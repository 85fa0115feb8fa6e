import { openKnowledgeService } from './knowledge-service.ts';
import { serve } from './serve.ts';
import { utilityPort } from './utility-port.ts';

serve(utilityPort(), openKnowledgeService);
