"""Pictures that the console shows and reports hold: SVG, drawn once for both."""
