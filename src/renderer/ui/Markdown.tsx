import ReactMarkdown, { type Components } from 'react-markdown';
import { useMemo, type ReactNode } from 'react';
import remarkGfm from 'remark-gfm';
import css from './Markdown.module.css';

export interface MarkdownProps {
  text: string;
  /** Called with the address of an allowed link; the window itself never navigates. */
  onLink: (href: string) => void;
  /** Which addresses become links; others are shown as plain text. Default: https, mailto, tel and callside. */
  isAllowedLink?: (href: string) => boolean;
  /**
   * The picture a reference (`image:some-id`) stands for, as a data address; undefined while it is fetched or when there
   * is none, and its words are shown. Without this function there are no pictures at all; other addresses never load.
   */
  image?: (id: string) => string | undefined;
  /** Headings in the text start at this level, so that they fit under the heading around them. */
  headingLevel?: 3 | 4;
}

const elements = ['p', 'h1', 'h2', 'h3', 'h4', 'strong', 'em', 'del', 'ul', 'ol', 'li', 'a', 'code', 'pre', 'blockquote', 'hr', 'br', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
const withImages = [...elements, 'img'];
const plugins = [remarkGfm];
const IMAGE = 'image:';

/** True for addresses a knowledge text may point to. */
export function isSafeLink(href: string): boolean {
  return /^(https:|mailto:|tel:|callside:)/i.test(href.trim());
}

/**
 * Knowledge text as React nodes. Raw HTML is dropped by the parser, pictures come from the pack alone, and links call
 * back instead of navigating: nothing in a pack can run, fetch, or leave the window.
 */
export function Markdown({ text, onLink, isAllowedLink = isSafeLink, image, headingLevel = 3 }: MarkdownProps): ReactNode {
  const components = useMemo<Components>(() => {
    const Heading = headingLevel === 3 ? 'h3' : 'h4';
    const Below = headingLevel === 3 ? 'h4' : 'h5';
    return {
      h1: ({ children }) => <Heading>{children}</Heading>,
      h2: ({ children }) => <Heading>{children}</Heading>,
      h3: ({ children }) => <Below>{children}</Below>,
      h4: ({ children }) => <Below>{children}</Below>,
      img: ({ src, alt }) => {
        const found = typeof src === 'string' && src.startsWith(IMAGE) ? image?.(src.slice(IMAGE.length)) : undefined;
        return found === undefined ? <span className={css['lacking']}>{alt}</span> : <img className={css['image']} src={found} alt={alt ?? ''} />;
      },
      a: ({ href, children }) =>
        href === undefined || !isAllowedLink(href) ? (
          <span>{children}</span>
        ) : (
          <a
            href={href}
            onClick={(event) => {
              event.preventDefault();
              onLink(href);
            }}
            onAuxClick={(event) => event.preventDefault()}
          >
            {children}
          </a>
        ),
    };
  }, [onLink, isAllowedLink, image, headingLevel]);
  return (
    <div className={css['root']}>
      <ReactMarkdown remarkPlugins={plugins} allowedElements={image === undefined ? elements : withImages} unwrapDisallowed skipHtml urlTransform={(url, key) => ((key === 'src' ? url.startsWith(IMAGE) : isAllowedLink(url)) ? url : '')} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
