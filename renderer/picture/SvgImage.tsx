import { useEffect, useState } from 'react';

/** An SVG as an image: what is in it is drawn, never run. */
export function SvgImage({ svg, alt }: { readonly svg: string; readonly alt: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    // One that is still being loaded would fail.
    return () => void setTimeout(() => URL.revokeObjectURL(made), 10_000);
  }, [svg]);
  return url && <img src={url} alt={alt} />;
}
