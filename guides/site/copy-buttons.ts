/** Gives each block a button that copies its text, where the browser lets pages copy. */
export function offerCopying(blocks: Iterable<Element>): void {
  // Without a trusted connection there is no clipboard, whatever its type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return;
  for (const block of blocks) {
    const frame = document.createElement('div');
    frame.className = 'block';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', () => {
      clipboard.writeText(block.textContent ?? '').then(
        () => (button.textContent = 'Copied'),
        () => (button.textContent = 'Not copied'),
      );
    });
    // It says what it has done until it is left.
    for (const left of ['blur', 'mouseleave'])
      button.addEventListener(left, () => (button.textContent = 'Copy'));
    block.replaceWith(frame);
    frame.append(block, button);
  }
}
