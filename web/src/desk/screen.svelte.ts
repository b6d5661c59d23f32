// How much room there is: the panes follow it.

class Screen {
  width = $state(innerWidth);
  constructor() {
    addEventListener('resize', () => (this.width = innerWidth));
  }
  /** One pane at a time. */
  get phone() { return this.width < 720; }
  /** The right pane is a drawer. */
  get narrow() { return this.width < 1100; }
}

export const screen = new Screen();
