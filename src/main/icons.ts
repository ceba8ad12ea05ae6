import { readFileSync } from 'node:fs';
import { nativeImage, type NativeImage } from 'electron';
import windowIcon from '../../build/icons/256x256.png?asset';
import templateIconDouble from '../../build/tray/tray-template@2x.png?asset';
import templateIcon from '../../build/tray/tray-template.png?asset';
import trayIconDouble from '../../build/tray/tray@2x.png?asset';
import trayIcon from '../../build/tray/tray.png?asset';
import type { TrayPicture } from './tray-chart.ts';

/** Icon of the windows; null where the desktop takes it from the app's bundle. */
export const windowIconPath: string | null = process.platform === 'linux' ? windowIcon : null;

/** Whether the desktop colours tray icons itself, and wants nothing but their shape. */
export const takesTemplates = process.platform === 'darwin';

/** The app's mark for the tray, in both densities. */
export function createTrayIcon(): NativeImage {
  const image = nativeImage.createFromPath(takesTemplates ? templateIcon : trayIcon);
  image.addRepresentation({
    scaleFactor: 2,
    buffer: readFileSync(takesTemplates ? templateIconDouble : trayIconDouble),
  });
  image.setTemplateImage(takesTemplates);
  return image;
}

/** A picture that was drawn for the tray. */
export function createPictureIcon([single, double]: TrayPicture): NativeImage {
  const image = nativeImage.createFromBitmap(Buffer.from(single.bytes), {
    width: single.edge,
    height: single.edge,
    scaleFactor: 1,
  });
  image.addRepresentation({
    scaleFactor: 2,
    width: double.edge,
    height: double.edge,
    buffer: Buffer.from(double.bytes),
  });
  image.setTemplateImage(takesTemplates);
  return image;
}
