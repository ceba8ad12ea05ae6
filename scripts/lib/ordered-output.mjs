/**
 * Lets several programs run at once and still be read one after the other: the first that has not
 * ended is shown as it goes, the others are kept until their turn.
 */
export class OrderedOutput {
  #write;
  /** @type {{kept: string, ended: boolean}[]} */
  #lanes = [];
  #current = 0;

  /** @param {(text: string) => void} write */
  constructor(write) {
    this.#write = write;
  }

  /**
   * The next place in the order.
   *
   * @returns {{write: (text: string) => void, end: () => void}}
   */
  open() {
    const index = this.#lanes.length;
    const lane = { kept: '', ended: false };
    this.#lanes.push(lane);
    return {
      write: (text) => {
        if (index === this.#current) this.#write(text);
        else lane.kept += text;
      },
      end: () => {
        lane.ended = true;
        this.#advance();
      },
    };
  }

  #advance() {
    while (this.#lanes[this.#current]?.ended === true) {
      this.#current += 1;
      const next = this.#lanes[this.#current];
      if (next !== undefined && next.kept !== '') {
        this.#write(next.kept);
        next.kept = '';
      }
    }
  }
}
