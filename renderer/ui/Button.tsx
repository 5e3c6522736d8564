import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Tip } from './Tip.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly small?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ kind = 'plain', small = false, className = '', ref, ...rest }: ButtonProps) {
  const classes = ['button', kind === 'plain' ? '' : kind, small ? 'small' : '', className];
  return <button type="button" ref={ref} className={classes.filter(Boolean).join(' ')} {...rest} />;
}

interface IconButtonProps extends ButtonProps {
  /** Its accessible name and its tooltip. */
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly children: ReactNode;
}

export function IconButton({ label, shortcut, className = '', ...rest }: IconButtonProps) {
  return (
    <Tip text={label} shortcut={shortcut}>
      <Button kind="quiet" aria-label={label} className={`icon ${className}`} {...rest} />
    </Tip>
  );
}
