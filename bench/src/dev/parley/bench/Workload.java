package dev.parley.bench;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is sent to which server; each is compared to a bare CXF endpoint's. */
enum Workload {
  BARE_ONE_WAY("bare-one-way", Host.BARE, Operation.OPEN),
  BARE_ECHO("bare-echo", Host.BARE, Operation.ECHO),
  START("in-only-start", Host.GATEWAY, Operation.OPEN),
  CORRELATED("in-only-correlated", Host.GATEWAY, Operation.PING),
  CROWDED("in-only-correlated-waiting", Host.CROWDED, Operation.PING),
  IN_OUT("in-out", Host.GATEWAY, Operation.ECHO);

  /** Who answers. */
  enum Host {
    BARE,
    GATEWAY,
    /** A gateway where many instances wait. */
    CROWDED
  }

  /** An operation of the bundle's WSDL. */
  enum Operation {
    OPEN("open", "/services/counter/counter", 202),
    PING("ping", "/services/counter/counter", 202),
    PONG("pong", "/services/counter/counter", 202),
    /** One that no instance takes before its time is over. */
    STRAY("stray", "/services/strays/strays", 202),
    ECHO("echo", "/services/echo/echo", 200);

    final String element;
    final String path;
    final int status;

    Operation(String element, String path, int status) {
      this.element = element;
      this.path = path;
      this.status = status;
    }

    boolean isAnswered() {
      return this == ECHO;
    }
  }

  final String label;
  final Host host;
  final Operation operation;

  Workload(String label, Host host, Operation operation) {
    this.label = label;
    this.host = host;
    this.operation = operation;
  }

  static Workload named(String label) {
    return Arrays.stream(values())
        .filter(w -> w.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchException(
                    "Expected one of %s, but found '%s'.".formatted(labels(), label)));
  }

  /** What its ratio is taken to: none for those that are a bare CXF endpoint's. */
  Optional<Workload> baseline() {
    return host == Host.BARE
        ? Optional.empty()
        : Optional.of(operation.isAnswered() ? BARE_ECHO : BARE_ONE_WAY);
  }

  /** Whether messages go to instances that wait for them. */
  boolean isCorrelated() {
    return operation == Operation.PING;
  }

  private static String labels() {
    return Arrays.stream(values()).map(w -> w.label).collect(Collectors.joining(", "));
  }
}
