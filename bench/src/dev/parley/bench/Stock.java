package dev.parley.bench;

import java.util.ArrayList;

/** How much of what is in a store before its gateway starts. */
record Stock(int waiting, int queued, int remembered) {
  /** What a crowded store is compared to. */
  static final Stock FEW = new Stock(1024, 0, 0);

  @Override
  public String toString() {
    var parts = new ArrayList<String>();
    parts.add("%,d waiting".formatted(waiting));
    if (queued > 0) {
      parts.add("%,d queued".formatted(queued));
    }
    if (remembered > 0) {
      parts.add("%,d remembered".formatted(remembered));
    }
    return String.join(", ", parts);
  }

  /** Of a workload's name: what there are most of. */
  String suffix() {
    int most = Math.max(waiting, Math.max(queued, remembered));
    String of = most == remembered ? "remembered" : most == waiting ? "waiting" : "queued";
    return most + "-" + of;
  }
}
