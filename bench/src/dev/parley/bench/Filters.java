package dev.parley.bench;

/** What a gateway keeps in memory of the identities in its store. */
record Filters(int slices, long bytes) {
  static final Filters NONE = new Filters(0, 0);
}
