package dev.parley.bench;

import java.time.Duration;

/** Tells the load process what to send, and measures the server meanwhile. */
final class LoadClient {
  private static final Duration SLACK = Duration.ofSeconds(70);

  private final Child load;

  LoadClient(Child load) {
    this.load = load;
  }

  /** From now on so many instances wait there, each for its first message. */
  void pool(Server server, int count) {
    load.tell("pool %d 0 %d 0".formatted(server.port(), count));
    load.hear("pooled ", SLACK);
  }

  /** Sends messages that nobody takes, until there are so many or the time is over; how many. */
  int stray(Server server, int connections, int count, Duration atMost) {
    load.tell("stray %d %d %d %d".formatted(server.port(), connections, count, atMost.toMillis()));
    return Integer.parseInt(load.hear("strayed ", atMost.plus(SLACK)).split(" ", -1)[1]);
  }

  /** Sends for a while unmeasured, then measured. */
  Window measure(Cell cell, Server server, Duration lead, Duration measured) {
    load.tell(
        "%s %d %d %d %d"
            .formatted(
                cell.workload().label,
                server.port(),
                cell.connections(),
                lead.toMillis(),
                measured.toMillis()));
    load.hear("measuring", lead.plus(SLACK));
    Duration before = server.process().cpu();
    load.hear("measured", measured.plus(SLACK));
    Duration cpu = server.process().cpu().minus(before);
    String[] words = load.hear("window ", SLACK).split(" ", -1);
    return Window.of(
        Long.parseLong(words[1]),
        measured,
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        cpu);
  }
}
