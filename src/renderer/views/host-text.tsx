import { showName } from './show-name.ts';

/** A sentence that the host wrote: in English, whatever language the page is in, and maybe quoting what the machine gave it. */
export function HostText({ text }: { readonly text: string }) {
  return <span lang="en">{showName(text)}</span>;
}
