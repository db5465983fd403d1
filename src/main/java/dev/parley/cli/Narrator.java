package dev.parley.cli;

/** Tells the demo's story. */
interface Narrator {
  void tell(Scene scene);
}
