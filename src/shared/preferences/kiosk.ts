/** When a wall screen is dimmed, by the hours of its own clock: from 22 to 6, from 19 to 7, or never. */
export const kioskDims = ['never', 'night', 'evening'] as const;
export type KioskDim = (typeof kioskDims)[number];

/** How long each page of a wall screen stays, in seconds; 0 is for good. */
export const kioskTurnsSeconds = [0, 15, 30, 60, 300] as const;
