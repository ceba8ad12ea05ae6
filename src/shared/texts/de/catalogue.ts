import type { Catalogue } from '../en/catalogue.ts';
import access from './access.json' with { type: 'json' };
import app from './app.json' with { type: 'json' };
import charts from './charts.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import containers from './containers.json' with { type: 'json' };
import cost from './cost.json' with { type: 'json' };
import diagnostics from './diagnostics.json' with { type: 'json' };
import disks from './disks.json' with { type: 'json' };
import graphics from './graphics.json' with { type: 'json' };
import host from './host.json' with { type: 'json' };
import keys from './keys.json' with { type: 'json' };
import kiosk from './kiosk.json' with { type: 'json' };
import layout from './layout.json' with { type: 'json' };
import memory from './memory.json' with { type: 'json' };
import network from './network.json' with { type: 'json' };
import notifications from './notifications.json' with { type: 'json' };
import overview from './overview.json' with { type: 'json' };
import pages from './pages.json' with { type: 'json' };
import pairing from './pairing.json' with { type: 'json' };
import processes from './processes.json' with { type: 'json' };
import processor from './processor.json' with { type: 'json' };
import quick from './quick.json' with { type: 'json' };
import sensors from './sensors.json' with { type: 'json' };
import services from './services.json' with { type: 'json' };
import settings from './settings.json' with { type: 'json' };
import sharing from './sharing.json' with { type: 'json' };
import states from './states.json' with { type: 'json' };
import tour from './tour.json' with { type: 'json' };
import tray from './tray.json' with { type: 'json' };
import viewers from './viewers.json' with { type: 'json' };

/** The German texts. */
export const german: Catalogue = {
  access,
  app,
  charts,
  common,
  containers,
  cost,
  diagnostics,
  disks,
  graphics,
  host,
  keys,
  kiosk,
  layout,
  memory,
  network,
  notifications,
  overview,
  pages,
  pairing,
  processes,
  processor,
  quick,
  sensors,
  services,
  settings,
  sharing,
  states,
  tour,
  tray,
  viewers,
};
