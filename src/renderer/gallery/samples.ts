/** Words that no layout expects. */
export const longGerman = 'Benachrichtigungseinstellungen für Arbeitsspeicherauslastung';
export const longName =
  'a-name-without-any-place-to-break-it-that-goes-on-and-on-as-container-names-do-0123456789abcdef';
/** Markup, and a direction mark that would turn what follows around, were it not made visible. */
export const hostileName = '<img src=x onerror=alert(1)> \u202egpj.exe';
