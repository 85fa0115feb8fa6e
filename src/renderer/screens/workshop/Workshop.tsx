import type { ReactNode } from 'react';
import { CatalogueImport } from './CatalogueImport.tsx';

/** Where supervisors look after the knowledge of the desk. */
export function Workshop(): ReactNode {
  return <CatalogueImport />;
}
