import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles, violations } from './zones.ts';

const ROOT = resolve(import.meta.dirname, '../../../src');

describe('who may import whom', () => {
  it('holds in every source file', () => {
    const found = sourceFiles(ROOT).flatMap(({ path, text }) => violations(path, text, ROOT));
    expect(found).toEqual([]);
  });

  it.each([
    ['shared/domain/x.ts', "import { readFileSync } from 'node:fs';"],
    ['shared/domain/x.ts', "import { useState } from 'react';"],
    ['shared/domain/x.ts', "import { openDatabase } from '#main/db/open.ts';"],
    ['preload/index.ts', "import { z } from 'zod';"],
    ['main/lib/x.ts', "import { app } from 'electron';"],
    ['main/db/x.ts', "import { createCallsService } from '../features/calls/index.ts';"],
    ['main/electron/x.ts', "import { openDatabase } from '#main/db/open.ts';"],
    ['main/features/calls/x.ts', "import { app } from 'electron';"],
    ['main/features/calls/x.ts', "import { openSearchIndex } from '../search/index.ts';"],
    ['main/features/packs/x.ts', "import { openSearchIndex } from '../search/segment.ts';"],
    ['renderer/ui/X.tsx', "import type { Product } from '#shared/domain/product.ts';"],
    ['renderer/features/calls/X.tsx', "import { ScriptPane } from '../scripts/index.ts';"],
    ['renderer/features/calls/x.ts', "import { readFileSync } from 'node:fs';"],
    ['renderer/screens/history/X.tsx', "import { toRow } from '../../features/calls/calls.store.ts';"],
    ['renderer/screens/history/X.tsx', "const late = import('#main/app.ts');"],
    ['elsewhere/x.ts', "import { z } from 'zod';"],
  ])('a violation in %s is seen: %s', (path, text) => {
    expect(violations(path, text, ROOT)).toHaveLength(1);
  });

  it.each([
    ['main/features/packs/x.ts', "import { openSearchIndex } from '../search/index.ts';"],
    ['renderer/features/calls/X.tsx', "import { Button } from '#renderer/ui/Button.tsx';"],
    ['shared/domain/x.ts', "import { z } from 'zod';"],
  ])('what is allowed is not refused: %s', (path, text) => {
    expect(violations(path, text, ROOT)).toEqual([]);
  });
});
