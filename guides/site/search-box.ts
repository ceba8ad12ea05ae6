import type MiniSearch from 'minisearch';
import { loadIndex, mark, type Section } from './search-index.ts';

const mostShown = 12;

/** The field that searches all pages. By keys: `/` goes there, arrows go through what is found, Enter opens it, Escape leaves. */
export class SearchBox {
  readonly #top: URL;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  #index: Promise<MiniSearch<Section>> | null = null;
  #chosen = -1;

  /** `top`: address of the whole site. */
  constructor(box: HTMLElement, top: URL) {
    this.#top = top;
    this.#input = box.querySelector('input')!;
    this.#list = box.querySelector('[role=listbox]')!;
    box.hidden = false;
    this.#input.addEventListener('focus', () => void this.#load());
    this.#input.addEventListener('input', () => void this.#search());
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    box.addEventListener('focusout', ({ relatedTarget }) => {
      if (!box.contains(relatedTarget as Node | null)) this.#close();
    });
    document.addEventListener('keydown', (event) => {
      const { target, key } = event;
      if (key !== '/' || event.ctrlKey || event.metaKey || event.altKey || target === this.#input) return;
      event.preventDefault();
      this.#input.focus();
    });
  }

  #load(): Promise<MiniSearch<Section>> {
    return (this.#index ??= loadIndex(new URL('search.json', this.#top)));
  }

  async #search(): Promise<void> {
    const asked = this.#input.value;
    if (asked.trim() === '') return this.#close();
    try {
      const index = await this.#load();
      // What was typed meanwhile is searched for by its own event.
      if (asked === this.#input.value) this.#show(asked, index);
    } catch {
      this.#index = null;
      this.#say('The texts to search could not be loaded.');
    }
  }

  #show(asked: string, index: MiniSearch<Section>): void {
    const found = index.search(asked).slice(0, mostShown);
    if (found.length === 0) return this.#say(`Nothing is found for “${asked.trim()}”.`);
    const options = found.map((result, at) => {
      const { id, page, heading, text } = result as unknown as Section;
      const option = document.createElement('a');
      option.id = `found-${at}`;
      option.href = new URL(id, this.#top).href;
      option.tabIndex = -1;
      option.role = 'option';
      const title = document.createElement('strong');
      title.textContent = heading === page ? page : `${page} › ${heading}`;
      const line = document.createElement('span');
      line.append(...mark(text, result.terms));
      option.append(title, line);
      return option;
    });
    this.#list.replaceChildren(...options);
    this.#open();
    this.#choose(0);
  }

  #say(sentence: string): void {
    const line = document.createElement('p');
    line.role = 'status';
    line.textContent = sentence;
    this.#list.replaceChildren(line);
    this.#open();
  }

  #onKey(event: KeyboardEvent): void {
    const options = [...this.#list.querySelectorAll<HTMLAnchorElement>('a')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      this.#choose((this.#chosen + step + options.length) % options.length);
    } else if (event.key === 'Enter' && this.#chosen >= 0) {
      event.preventDefault();
      options[this.#chosen]?.click();
      this.#close();
      this.#input.blur();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (this.#list.hidden) this.#input.blur();
      else this.#close();
    }
  }

  #choose(at: number): void {
    this.#chosen = at;
    this.#list.querySelectorAll('a').forEach((option, index) => {
      option.ariaSelected = String(index === at);
      if (index === at) option.scrollIntoView({ block: 'nearest' });
    });
    this.#input.setAttribute('aria-activedescendant', `found-${at}`);
  }

  #open(): void {
    this.#chosen = -1;
    this.#list.hidden = false;
    this.#input.ariaExpanded = 'true';
  }

  #close(): void {
    this.#chosen = -1;
    this.#list.hidden = true;
    this.#input.ariaExpanded = 'false';
    this.#input.removeAttribute('aria-activedescendant');
  }
}
