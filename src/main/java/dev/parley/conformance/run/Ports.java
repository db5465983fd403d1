package dev.parley.conformance.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ports that partners listen at: the same ones in every case. */
final class Ports {
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  /**
   * @param given ports by a partner's name; others get free ones
   */
  Ports(Map<String, Integer> given) {
    ports.putAll(given);
  }

  boolean has(String partner) {
    return ports.containsKey(partner);
  }

  int of(String partner) {
    return ports.computeIfAbsent(partner, _ -> free());
  }

  private static int free() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("There is no free port", e);
    }
  }
}
