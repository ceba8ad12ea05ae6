import { createRoot } from 'react-dom/client';
import '../design/tokens.css';
import '../design/fonts.css';
import '../design/base.css';
import '../design/components.css';
import '../design/page.css';
import '../design/tables.css';
import '../design/dashboard.css';
import { DesignRoot } from '../design/components/design-root.tsx';
import { browserKeeper } from '../preferences/browser-keeper.ts';
import { keepPreferences } from '../preferences/preferences.ts';
import { followLook } from '../theme.ts';
import { Appearance } from '../views/appearance.tsx';
import { Localized } from '../views/localized.tsx';
import { cardEntries } from './card-entries.tsx';
import { chartEntries } from './chart-entries.tsx';
import { componentEntries } from './component-entries.tsx';
import './gallery.css';
import { tokenEntries } from './token-entries.tsx';

// Every component in every state, beside itself in the other scheme. For whoever builds with them; not shipped.

const chapters = {
  Tokens: tokenEntries,
  Components: componentEntries,
  Charts: chartEntries,
  Cards: cardEntries,
} as const;

const bothSchemes = ['light', 'dark'] as const;
/** Canvases are painted in the page's colours wherever they stand. */
const chosenScheme = ['chosen'] as const;

keepPreferences(browserKeeper);
followLook();
createRoot(document.getElementById('root')!).render(
  <DesignRoot>
    <Localized>
      <div className="gallery">
        <header className="gallery__header">
          <h1>Gallery</h1>
          <p className="quiet">
            {'Both schemes beside each other; contrast, density and motion are those that are chosen here.'}
          </p>
          <Appearance />
        </header>
        <main>
          {Object.entries(chapters).map(([title, entries]) => (
            <section key={title} className="gallery__chapter" aria-label={title}>
              <h2>{title}</h2>
              {Object.entries(entries).map(([name, Specimen]) => (
                <article key={name} className="gallery__entry" data-entry={name} aria-label={name}>
                  <h3>{name}</h3>
                  {(title === 'Charts' ? chosenScheme : bothSchemes).map((scheme) => (
                    <div key={scheme} className={`gallery__pane gallery__pane--${scheme}`}>
                      <Specimen />
                    </div>
                  ))}
                </article>
              ))}
            </section>
          ))}
        </main>
      </div>
    </Localized>
  </DesignRoot>,
);
