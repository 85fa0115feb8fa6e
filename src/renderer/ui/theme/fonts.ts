// Atkinson Hyperlegible (SIL OFL 1.1): drawn so that 0/O, 1/l/I and 5/S/8/B cannot be taken for one another,
// which is what an agent needs who reads order numbers aloud for eight hours (docs/decisions/0004).
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '@fontsource-variable/atkinson-hyperlegible-next/wght-italic.css';
import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css';
