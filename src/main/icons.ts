import { readFileSync } from 'node:fs';
import { nativeImage, type NativeImage } from 'electron';
import windowIcon from '../../build/icons/256x256.png?asset';
import templateIconDouble from '../../build/tray/tray-template@2x.png?asset';
import templateIcon from '../../build/tray/tray-template.png?asset';
import trayIconDouble from '../../build/tray/tray@2x.png?asset';
import trayIcon from '../../build/tray/tray.png?asset';

/** Icon of the windows; null where the desktop takes it from the app's bundle. */
export const windowIconPath: string | null = process.platform === 'linux' ? windowIcon : null;

/** The tray's icon in both densities; on macOS a template, which the menu bar colours itself. */
export function createTrayIcon(): NativeImage {
  const isTemplate = process.platform === 'darwin';
  const image = nativeImage.createFromPath(isTemplate ? templateIcon : trayIcon);
  image.addRepresentation({
    scaleFactor: 2,
    buffer: readFileSync(isTemplate ? templateIconDouble : trayIconDouble),
  });
  image.setTemplateImage(isTemplate);
  return image;
}
