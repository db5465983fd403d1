package dev.parley.store;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The process that opens a store, by a name that an operator recognizes. */
final class Node {
  private Node() {}

  /** Host and process id, such as {@code shop1/4711}. */
  static String name() {
    return host() + "/" + ProcessHandle.current().pid();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
