import { Component, type ErrorInfo, type ReactNode } from 'react';

type Props = { children: ReactNode; /** Shown instead; `retry` draws the screen again. */ fallback: (retry: () => void) => ReactNode; onError: (error: Error, where: string) => void };

/** A fault in one screen must never take the call bar or the notes away with it. */
export class ScreenBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onError(error, info.componentStack ?? '');
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback(() => this.setState({ failed: false })) : this.props.children;
  }
}
