package dev.parley.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a server that can be cut, and mended. */
public final class Cable implements AutoCloseable {

  /** What happens to the next COMMIT that goes through it; then the cable is cut there. */
  public enum Cut {
    NONE,
    BEFORE_COMMIT_ARRIVES,
    BEFORE_ITS_ANSWER_ARRIVES
  }

  private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket here;
  private final int server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean staysCut;
  private volatile Cut next = Cut.NONE;

  public Cable(int server) throws IOException {
    this.server = server;
    here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return here.getLocalPort();
  }

  /** Whoever is connected is cut off, and nobody gets through any more. */
  public void cut() {
    cut = true;
    open.forEach(Cable::hangUp);
  }

  public void mend() {
    cut = false;
  }

  /**
   * Cuts whoever commits next.
   *
   * @param forGood nobody gets through after it
   */
  void cutNext(Cut where, boolean forGood) {
    staysCut = forGood;
    next = where;
  }

  /** Whether the COMMIT has come that was to be cut. */
  boolean hasCut() {
    return next == Cut.NONE;
  }

  private void accept() {
    try {
      while (true) {
        var client = here.accept();
        if (cut) {
          client.close();
        } else {
          var far = new Socket(InetAddress.getLoopbackAddress(), server);
          open.add(client);
          open.add(far);
          new Line(client, far).begin();
        }
      }
    } catch (IOException e) {
      // Closed.
      open.forEach(Cable::hangUp);
    }
  }

  /** One connection through the cable. */
  private final class Line {
    private final Socket client;
    private final Socket far;
    private volatile boolean answerIsLost;

    Line(Socket client, Socket far) {
      this.client = client;
      this.far = far;
    }

    void begin() {
      Thread.ofVirtual().start(() -> pump(client, far, true));
      Thread.ofVirtual().start(() -> pump(far, client, false));
    }

    private void pump(Socket from, Socket to, boolean toServer) {
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = from.getInputStream()) {
        for (int n = in.read(buffer); n >= 0 && goesOn(buffer, n, toServer); n = in.read(buffer)) {
          to.getOutputStream().write(buffer, 0, n);
        }
      } catch (IOException e) {
        hangUp(from);
      } finally {
        hangUp(client);
        hangUp(far);
      }
    }

    private boolean goesOn(byte[] buffer, int length, boolean toServer) {
      if (!toServer) {
        return !answerIsLost;
      }
      if (next == Cut.NONE || !contains(buffer, length)) {
        return true;
      }
      boolean arrives = next == Cut.BEFORE_ITS_ANSWER_ARRIVES;
      next = Cut.NONE;
      cut = staysCut;
      answerIsLost = true;
      return arrives;
    }
  }

  private static boolean contains(byte[] buffer, int length) {
    for (int i = 0; i + COMMIT.length <= length; i++) {
      int same = 0;
      while (same < COMMIT.length && buffer[i + same] == COMMIT[same]) {
        same++;
      }
      if (same == COMMIT.length) {
        return true;
      }
    }
    return false;
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("A socket does not close", e);
    }
  }

  @Override
  public void close() throws IOException {
    cut();
    here.close();
  }
}
