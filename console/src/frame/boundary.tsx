import { Component, type ComponentChildren } from 'preact';
import { Problem } from '../pieces/states.js';

interface Shown {
  readonly error?: unknown;
}

/** Keeps a view that fails from taking the frame with it. */
export class Boundary extends Component<{ readonly children: ComponentChildren }, Shown> {
  static override getDerivedStateFromError(error: unknown): Shown {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Problem error={error} retry={() => this.setState({ error: undefined })} />;
  }
}
