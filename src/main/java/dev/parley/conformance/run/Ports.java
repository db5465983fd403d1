package dev.parley.conformance.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The ports that a case's partners listen at, or do not: nobody else is given one meanwhile. */
final class Ports {
  /** Below those that outgoing connections are given. */
  private static final int FIRST = 20_000;

  private static final int ALL = 10_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(ALL));

  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  /**
   * @param given ports by a partner's name; others get free ones
   */
  Ports(Map<String, Integer> given) {
    ports.putAll(given);
  }

  int of(String partner) {
    return ports.computeIfAbsent(partner, _ -> free());
  }

  private static int free() {
    for (int i = 0; i < ALL; i++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), ALL);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "Expected a free port from %d to %d, found none".formatted(FIRST, FIRST + ALL - 1));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
