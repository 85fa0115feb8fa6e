import css from './field.module.css';

/** Class names every Mantine input of ours shares, so that all fields have one look. */
export const fieldLook = {
  root: css['root'] ?? '',
  label: css['label'] ?? '',
  required: css['required'] ?? '',
  description: css['description'] ?? '',
  error: css['error'] ?? '',
  wrapper: css['wrapper'] ?? '',
  input: css['input'] ?? '',
  section: css['section'] ?? '',
} as const;

/** What each field takes besides its value. */
export interface FieldBasics {
  label: string;
  /** The label is for assistive technology only (a search box in a toolbar). */
  hideLabel?: boolean;
  /** One sentence under the label. */
  hint?: string | undefined;
  /** A sentence that says what is wrong and what to do. */
  error?: string | undefined;
  disabled?: boolean;
  required?: boolean;
}

/** The part of Mantine's props that follows from the basics. */
export function basics(field: FieldBasics): Record<string, unknown> {
  const { label, hideLabel = false, hint, error, disabled, required } = field;
  return {
    ...(hideLabel ? { 'aria-label': label } : { label }),
    description: hint,
    error,
    disabled,
    required,
    withAsterisk: required,
    size: 'sm',
    radius: 'md',
  };
}
