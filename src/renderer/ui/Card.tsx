import { useId, type ReactNode } from 'react';
import css from './Card.module.css';

export interface CardProps {
  title?: ReactNode;
  /** Line under the title: code, category, source. */
  meta?: ReactNode;
  toolbar?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
  /** A start edge in this tone, for cards that stand for something (a product, a suggestion, a break). */
  tone?: 'plain' | 'accent' | 'info' | 'warn' | 'danger' | 'ok';
  level?: 3 | 4;
}

/** A bounded piece of content with a hairline frame. */
export function Card({ title, meta, toolbar, footer, children, tone = 'plain', level = 3 }: CardProps): ReactNode {
  const id = useId();
  const Heading = level === 3 ? 'h3' : 'h4';
  return (
    <article className={css['root']} data-tone={tone} aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined && toolbar === undefined ? null : (
        <header className={css['header']}>
          <div className={css['titles']}>
            {title === undefined ? null : (
              <Heading id={id} className={css['title']}>
                {title}
              </Heading>
            )}
            {meta === undefined ? null : <div className={css['meta']}>{meta}</div>}
          </div>
          {toolbar === undefined ? null : <div className={css['toolbar']}>{toolbar}</div>}
        </header>
      )}
      {children === undefined && footer === undefined ? null : (
        // Together, and without the title: what sticks to the end of a pane never rises above its own box.
        <div className={css['rest']}>
          {children === undefined ? null : <div className={css['body']}>{children}</div>}
          {footer === undefined ? null : <footer className={css['footer']}>{footer}</footer>}
        </div>
      )}
    </article>
  );
}
