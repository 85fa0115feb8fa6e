import { useId, type ReactNode } from 'react';
import css from './Pane.module.css';
import { useScrollStop } from './use-scroll-stop.ts';

export interface PaneProps {
  title: string;
  /** Keeps the title for assistive technology only, where tabs or a search box are the header. */
  hideTitle?: boolean;
  /** Heading level in the page's outline. */
  level?: 2 | 3;
  /** Beside the title: a count, a state, a version. */
  aside?: ReactNode;
  /** Buttons at the end of the title row. */
  toolbar?: ReactNode;
  /** A fixed row under the scrolling part. */
  footer?: ReactNode;
  children: ReactNode;
  /** `padded` text and forms; `flush` lists and tables that reach the edge. */
  body?: 'padded' | 'flush';
  /** False when the child scrolls by itself (notes, virtual lists). */
  scroll?: boolean;
}

/** A titled region: landmark, heading, toolbar, and a body that scrolls by keyboard. */
export function Pane({ title, hideTitle = false, level = 2, aside, toolbar, footer, children, body = 'padded', scroll = true }: PaneProps): ReactNode {
  const id = useId();
  const { ref, needed } = useScrollStop<HTMLDivElement>();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={css['root']} aria-labelledby={id}>
      <header className={css['header']} data-hidden={hideTitle || undefined}>
        <Heading id={id} className={css['title']}>
          {title}
        </Heading>
        {aside === undefined ? null : <span className={css['aside']}>{aside}</span>}
        {toolbar === undefined ? null : <div className={css['toolbar']}>{toolbar}</div>}
      </header>
      <div ref={ref} className={css['body']} data-body={body} data-scroll={scroll || undefined} {...(scroll && needed ? { tabIndex: 0, role: 'group', 'aria-labelledby': id } : {})}>
        {scroll ? <div>{children}</div> : children}
      </div>
      {footer === undefined ? null : <footer className={css['footer']}>{footer}</footer>}
    </section>
  );
}
