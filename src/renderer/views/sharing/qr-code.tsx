import { useMemo } from 'react';
import { deriveQr } from './derive-qr.ts';

export interface QrCodeProps {
  readonly text: string;
  /** What it is for, for those who do not see it. */
  readonly label: string;
}

/** A QR code, dark on light whatever the theme, since not every camera reads the reverse. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => deriveQr(text), [text]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      data-testid="pairing-qr"
    >
      <rect className="qr__field" width={size} height={size} />
      <path className="qr__modules" d={path} />
    </svg>
  );
}
