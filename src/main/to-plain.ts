/** Anybody's text as one short line of plain text, for desktops that take such text for markup or for commands. */
export function toPlain(text: string): string {
  return text.replace(/[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}').slice(0, 64);
}
