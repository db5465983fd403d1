package dev.parley.soap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Writes what it is told to one connection, whatever it is asked; then hangs up, or does not. */
final class RawPartner implements AutoCloseable {
  private final ServerSocket listener;
  private final CountDownLatch closed = new CountDownLatch(1);

  RawPartner(String answer, boolean hangUp) {
    try {
      listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> serve(answer, hangUp));
  }

  String address() {
    return "http://localhost:" + listener.getLocalPort() + "/";
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(String answer, boolean hangUp) {
    try (var socket = listener.accept()) {
      var request = new byte[10_000];
      int read = socket.getInputStream().read(request);
      if (read > 0) {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
      if (!hangUp) {
        closed.await();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
