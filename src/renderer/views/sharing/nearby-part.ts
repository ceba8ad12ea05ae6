/** The address, after `#`, of the part of the page of sharing in which other hosts are found and watched. */
export const nearbyPart = 'nearby';
