/** What the tray icon shows: the app's mark, or the last minute of a subject as a chart. */
export const trayIconChoices = ['mark', 'processor', 'memory', 'network'] as const;
export type TrayIconChoice = (typeof trayIconChoices)[number];
export type TrayChartSubject = Exclude<TrayIconChoice, 'mark'>;
