import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Banner, type BannerTone } from './Banner.tsx';
import { Button } from './Button.tsx';
import css from './Toasts.module.css';

export interface Toast {
  tone: BannerTone;
  title: string;
  detail?: string;
  /** One thing to do about it, e.g. undo. */
  action?: { label: string; onAction: () => void };
  /** Milliseconds on the screen. Default 6,000; errors and toasts with an action stay until dismissed unless given. */
  stayMs?: number;
}

export type ShowToast = (toast: Toast) => void;

const ToastContext = createContext<ShowToast>(() => undefined);

/** Shows a short message at the edge of the window. */
export function useToast(): ShowToast {
  return useContext(ToastContext);
}

interface Shown extends Toast {
  id: number;
}

/** At most this many at once; the oldest gives way. */
const limit = 3;

/**
 * Messages that need no answer, in a polite live region that exists from the start. They never take focus and never
 * cover the call bar. Time stands still while pointer or focus is on them.
 */
export function ToastProvider({ labels, children }: { labels: { region: string; dismiss: string }; children: ReactNode }): ReactNode {
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const [held, setHeld] = useState(false);
  const counter = useRef(0);
  const show = useCallback<ShowToast>((toast) => {
    counter.current += 1;
    const shown = { ...toast, id: counter.current };
    setToasts((list) => [...list.slice(-(limit - 1)), shown]);
  }, []);
  const dismiss = useCallback((id: number) => {
    setToasts((list) => list.filter((toast) => toast.id !== id));
    // A message that goes under the pointer or the focus sends no leaving event; the next one must not stay for ever.
    setHeld(false);
  }, []);
  const context = useMemo(() => show, [show]);

  return (
    <ToastContext value={context}>
      {children}
      {/* Hovering or focusing a message holds its clock; the section itself offers no action. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <section
        className={css['region']}
        aria-label={labels.region}
        onMouseEnter={() => setHeld(true)}
        onMouseLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        <div aria-live="polite" className={css['list']}>
          {toasts.map((toast) => (
            <ToastView key={toast.id} toast={toast} held={held} dismissLabel={labels.dismiss} onDismiss={dismiss} />
          ))}
        </div>
      </section>
    </ToastContext>
  );
}

function ToastView({ toast, held, dismissLabel, onDismiss }: { toast: Shown; held: boolean; dismissLabel: string; onDismiss: (id: number) => void }): ReactNode {
  const stays = toast.stayMs === undefined && (toast.tone === 'error' || toast.action !== undefined);
  useEffect(() => {
    if (held || stays) return undefined;
    const timer = setTimeout(() => onDismiss(toast.id), toast.stayMs ?? 6000);
    return () => clearTimeout(timer);
  }, [held, stays, toast, onDismiss]);
  const { action } = toast;
  return (
    <div className={css['toast']}>
      <Banner
        tone={toast.tone}
        title={toast.title}
        dismiss={{ label: dismissLabel, onDismiss: () => onDismiss(toast.id) }}
        action={
          action === undefined ? undefined : (
            <Button
              size="sm"
              onClick={() => {
                action.onAction();
                onDismiss(toast.id);
              }}
            >
              {action.label}
            </Button>
          )
        }
      >
        {toast.detail}
      </Banner>
    </div>
  );
}
