import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { stepBack } from '#main/lib/step-back.ts';
import { openImportService } from './import-service.ts';
import { serve } from './serve.ts';
import { utilityPort } from './utility-port.ts';

// On a machine with two cores the agent's keystrokes come first.
stepBack();
serve(utilityPort(), (config, tools) => openImportService(config, tools, () => new Worker(join(import.meta.dirname, 'signatures-thread.js'))));
