import encodeQR from 'qr';

/** Modules of empty space around a code, as ISO/IEC 18004 asks for. */
const quietZone = 4;

/** A QR code to be drawn: squares of one unit on a field that is `size` units wide, quiet zone included. */
export interface QrDrawing {
  readonly size: number;
  /** Data of one SVG path that fills every dark module, a row of them at a time. */
  readonly path: string;
}

/** The QR code (ISO/IEC 18004) of a text. Error correction M, 15 %: a screen is not smudged, and larger modules scan from farther. */
export function deriveQr(text: string): QrDrawing {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietZone });
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
    }
  });
  return { size: rows.length, path };
}
