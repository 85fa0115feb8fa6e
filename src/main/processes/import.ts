import { constants, setPriority } from 'node:os';
import { openImportService } from './import-service.ts';
import { serve } from './serve.ts';
import { utilityPort } from './utility-port.ts';

try {
  // On a machine with two cores the agent's keystrokes come first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not every system lets a process step back; the import then simply runs beside the others.
}
serve(utilityPort(), openImportService);
