import { VisuallyHidden as MantineVisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** Text for assistive technology only. */
export function VisuallyHidden({ children, id }: { children: ReactNode; id?: string }): ReactNode {
  return <MantineVisuallyHidden {...(id === undefined ? {} : { id })}>{children}</MantineVisuallyHidden>;
}
