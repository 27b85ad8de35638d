/** Only a style sheet: a chunk of its own, so that no page waits for a font it may never need. */
import "../styles/type.css";
