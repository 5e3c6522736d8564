import { Canvas } from '../canvas/Canvas.tsx';
import { EngineOffer } from '../engines/EngineOffer.tsx';
import { BottomPanel } from '../panels/BottomPanel.tsx';
import { BudgetBar } from '../panels/BudgetBar.tsx';
import { Inspector } from '../panels/Inspector.tsx';
import { Palette } from '../panels/Palette.tsx';
import { Welcome } from '../panels/Welcome.tsx';
import { useApp } from '../state/app.ts';
import { useEditor } from '../state/editor.ts';

export function DesignView() {
  const { leftOpen, rightOpen, panel } = useApp();
  const empty = useEditor((s) => s.shown.document.nodes.length === 0 && s.inside === null);
  return (
    <div className="design">
      {leftOpen && (
        <aside className="design-left" aria-label="Blocks">
          <Palette />
        </aside>
      )}
      <div className="design-middle">
        <section className="design-canvas" aria-label="Drawing">
          <Canvas />
          {empty && <Welcome />}
          <EngineOffer />
        </section>
        {panel && (
          <section className="design-bottom" aria-label="Details">
            <BottomPanel />
          </section>
        )}
      </div>
      {rightOpen && (
        <aside className="design-right" aria-label="Inspector">
          <Inspector />
        </aside>
      )}
      <section className="design-foot" aria-label="Budget">
        <BudgetBar />
      </section>
    </div>
  );
}
