import { memo } from 'react';
import type { Template } from '../../src/templates/template.ts';
import type { PictureTheme } from '../picture/colours.ts';
import { addressOf } from '../picture/svg.ts';
import { short } from '../ui/format.ts';
import { type Choice, figuresOf } from './choices.ts';
import { thumbnailOf } from './thumbnail.ts';

interface GalleryCardProps {
  readonly template: Template;
  /** Null: figures come later. */
  readonly choice: Choice | null;
  readonly theme: PictureTheme;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
  readonly onOpen: () => void;
}

/** A template: what it looks like, what it costs. */
export const GalleryCard = memo(function GalleryCard(props: GalleryCardProps) {
  const { template, choice, theme, chosen, onChoose, onOpen } = props;
  const figures = choice && figuresOf(template, choice, false);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card with a picture is no radio input.
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      tabIndex={chosen ? 0 : -1}
      className="gallery-card"
      data-template={template.id}
      onClick={() => onChoose(template.id)}
      onDoubleClick={onOpen}
      onKeyDown={(e) => {
        if (e.key !== 'Enter') return;
        e.preventDefault();
        onOpen();
      }}
    >
      <span className="gallery-thumbnail">
        {choice && <img src={addressOf(thumbnailOf(template.id, theme))} alt="" />}
      </span>
      <span className="gallery-name">{template.title}</span>
      <span className="gallery-figures">
        <span>{figures ? `${short(figures.params)} params` : '…'}</span>{' '}
        <span>{figures && `${short(figures.macs)} MACs`}</span>
      </span>
    </button>
  );
});
